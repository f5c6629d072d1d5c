package io.zeroui.system;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** Everything that is at rest somewhere, as text by place. Looks with the operators' logins, which see all. */
final class Haystacks {

    private final RealRuntime runtime;

    Haystacks(RealRuntime runtime) {
        this.runtime = runtime;
    }

    /** Every column of every row of every table of the plane's database, whatever its schema. */
    Map<String, String> tables(Plane plane) {
        Map<String, String> places = new TreeMap<>();
        try (Connection connection = RealRuntime.connect(runtime.adminUrl(plane))) {
            for (String table : list(connection, """
                    SELECT format('%I.%I', relnamespace::regnamespace::text, relname)
                    FROM pg_class
                    WHERE relkind IN ('r', 'm', 'f')
                      AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
                    """)) {
                places.put(plane.key() + " " + table, String.join("\n", list(connection, "SELECT t::text FROM " + table + " t")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read the database of plane " + plane.key(), e);
        }
        return places;
    }

    /** Every file below a folder, byte for byte, with its path; nothing where there is no folder. */
    static Map<String, String> files(Path folder) {
        Map<String, String> places = new TreeMap<>();
        if (!Files.exists(folder)) {
            return places;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                places.put(file.toString(), folder.relativize(file) + "\n" + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }

    /** Every entry of these streams. */
    Map<String, String> streams(Collection<String> keys) {
        Map<String, String> places = new TreeMap<>();
        try (Jedis redis = runtime.redis()) {
            for (String key : keys) {
                places.put(key, String.valueOf(redis.xrange(key, "-", "+").stream().map(entry -> entry.getFields()).toList()));
            }
        }
        return places;
    }

    /** All keys of Redis: streams with their entries, other values as Redis would dump them. */
    Map<String, String> redis() {
        try (Jedis redis = runtime.redis()) {
            List<String> keys = new ArrayList<>(redis.keys("*"));
            Map<String, String> places = streams(keys.stream().filter(key -> redis.type(key).equals("stream")).toList());
            keys.stream().filter(key -> !places.containsKey(key)).toList().forEach(key -> places.put(key,
                    key + "\n" + new String(redis.dump(key), StandardCharsets.ISO_8859_1)));
            return places;
        }
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
