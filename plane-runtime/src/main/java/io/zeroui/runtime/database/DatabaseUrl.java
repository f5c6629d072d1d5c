package io.zeroui.runtime.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A PostgreSQL address in the form that the runtime document uses:
 * {@code postgresql://user:password@host:port/database}. User and password are percent-decoded.
 *
 * @param host host name or address
 * @param port TCP port, 5432 where the URL has none
 * @param database database name
 * @param user login
 * @param password password, may be empty
 */
public record DatabaseUrl(String host, int port, String database, String user, String password) {

    /**
     * Reads a URL; the schemes {@code postgresql} and {@code postgres} are the same.
     *
     * @throws IllegalArgumentException naming the variable and what is wrong, never the password
     */
    public static DatabaseUrl parse(String variable, String url) {
        URI uri = uri(variable, url);
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw malformed(variable, "the scheme must be postgresql");
        }
        String userInfo = uri.getRawUserInfo();
        String path = uri.getRawPath();
        if (uri.getHost() == null || path == null || path.length() < 2) {
            throw malformed(variable, "host or database is missing");
        }
        if (userInfo == null || userInfo.isEmpty()) {
            throw malformed(variable, "the login is missing");
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return new DatabaseUrl(uri.getHost(), port, decode(path.substring(1)), decode(user), decode(password));
    }

    /** The address for the reactive driver, without login. */
    public String reactiveUrl() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }

    /** The address for the JDBC driver, without login. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Host, port and database; the login stays out of logs. */
    @Override
    public String toString() {
        return reactiveUrl();
    }

    private static URI uri(String variable, String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw malformed(variable, "it is no URL (character " + e.getIndex() + ")");
        }
    }

    private static IllegalArgumentException malformed(String variable, String cause) {
        return new IllegalArgumentException(
                variable + " must have the form postgresql://user:password@host:port/database: " + cause);
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
