package io.zeroui.cli.system;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

import org.postgresql.Driver;

import io.zeroui.cli.CliFailure;

/**
 * A database in the form {@code postgresql://user:password@host:port/database}. Its text form leaves the login out.
 *
 * @param host host name or address
 * @param port TCP port, 5432 where the URL has none
 * @param database database name
 * @param user login
 * @param password password, may be empty
 */
public record DatabaseAddress(String host, int port, String database, String user, String password) {

    private static final int CONNECT_TIMEOUT_SECONDS = 3;

    /**
     * Reads a URL.
     *
     * @throws CliFailure naming the variable and what is wrong, never the password
     */
    public static DatabaseAddress parse(String variable, String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw malformed(variable, "it is no URL");
        }
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        String login = uri.getRawUserInfo();
        String path = uri.getRawPath();
        if (!known || uri.getHost() == null) {
            throw malformed(variable, known ? "it names no host" : "it does not begin with postgresql://");
        }
        if (login == null || login.isEmpty() || path == null || path.length() < 2) {
            throw malformed(variable, "login or database is missing");
        }
        String[] parts = login.split(":", 2);
        return new DatabaseAddress(uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort(), decode(path.substring(1)),
                decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }

    /**
     * A new connection; the caller closes it.
     *
     * @param answerTimeoutSeconds how long one statement may take
     */
    public Connection connect(int answerTimeoutSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        properties.setProperty("loginTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(answerTimeoutSeconds));
        properties.setProperty("ApplicationName", "zeroui-cli");
        Connection connection = new Driver()
                .connect("jdbc:postgresql://" + host + ":" + port + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take " + this);
        }
        return connection;
    }

    /** Host and port. */
    public String endpoint() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "postgresql://" + endpoint() + "/" + database;
    }

    private static CliFailure malformed(String variable, String cause) {
        return new CliFailure(variable + " is not usable: " + cause,
                "write it as postgresql://user:password@host:port/database");
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
