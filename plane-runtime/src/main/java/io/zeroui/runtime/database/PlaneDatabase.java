package io.zeroui.runtime.database;

import io.zeroui.contracts.Plane;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** One database with the schema of a plane: brings it to the version of this build, and checks the login that serves. */
public final class PlaneDatabase {

    /**
     * How to reach it as somebody.
     *
     * @param jdbcUrl without login
     * @param user login
     * @param password its password, may be empty
     */
    public record Login(String jdbcUrl, String user, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return user + " at " + jdbcUrl;
        }
    }

    private static final String ANSWER_SECONDS = "2";

    private final Plane plane;
    private final Login serving;
    private final @Nullable Login owner;

    /** Reached by the serving login and, where there is one, the owner's. */
    public PlaneDatabase(Plane plane, Login serving, @Nullable Login owner) {
        this.plane = plane;
        this.serving = serving;
        this.owner = owner;
    }

    /**
     * Applies what is missing with the owner's login; without one, checks that nothing is missing. Blocks.
     *
     * @return the schema's version
     * @throws RuntimeException when the database does not answer, or is not of this version
     */
    public String prepare() {
        Login migrating = owner;
        return migrating == null ? check() : migrate(migrating);
    }

    /**
     * Why no service may work on this database with the serving login, each with its mend; empty when all is well. Blocks.
     *
     * @throws IllegalStateException when that cannot be found out now
     */
    public List<String> faults() {
        try (Connection connection = DriverManager.getConnection(serving.jdbcUrl(), serving.user(), serving.password())) {
            return ServingLogin.faults(connection, TableCatalogue.of(plane));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot check the serving login: " + e.getMessage(), e);
        }
    }

    /** Whether the serving login gets a connection within two seconds. Blocks that long. */
    public boolean answers() {
        Properties login = new Properties();
        login.setProperty("user", serving.user());
        login.setProperty("password", serving.password());
        login.setProperty("loginTimeout", ANSWER_SECONDS);
        login.setProperty("connectTimeout", ANSWER_SECONDS);
        login.setProperty("socketTimeout", ANSWER_SECONDS);
        try (Connection connection = DriverManager.getConnection(serving.jdbcUrl(), login)) {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    private String migrate(Login migrating) {
        Flyway flyway = flyway().dataSource(migrating.jdbcUrl(), migrating.user(), migrating.password()).load();
        flyway.migrate();
        letServingLoginReadHistory(flyway);
        return versionOf(flyway.info().current());
    }

    /** With the serving login nothing is changed: the history is read and compared with the migrations of this build. */
    private String check() {
        MigrationInfoService info = flyway().dataSource(serving.jdbcUrl(), serving.user(), serving.password()).load().info();
        if (info.pending().length > 0) {
            throw new FlywayException(info.pending().length + " migrations are missing, up to version "
                    + info.pending()[info.pending().length - 1].getVersion() + "; set ZEROUI_"
                    + plane.key().toUpperCase(Locale.ROOT)
                    + "_DB_MIGRATION_URL to the owner's login so that the service can apply them");
        }
        return versionOf(info.current());
    }

    /** The serving login may read the history, so that a service without the owner's login can check it. */
    private void letServingLoginReadHistory(Flyway flyway) {
        String login = "zeroui_" + plane.key() + "_user";
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("GRANT SELECT ON public.schema_history TO " + login);
        } catch (SQLException e) {
            throw new FlywayException("cannot grant " + login + " to read the schema history: " + e.getMessage(), e);
        }
    }

    private static String versionOf(@Nullable MigrationInfo current) {
        return current == null || current.getVersion() == null ? "none" : current.getVersion().getVersion();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure(PlaneDatabase.class.getClassLoader())
                .locations("classpath:db/migration/" + plane.key())
                .table("schema_history")
                .defaultSchema("public")
                .connectRetries(0);
    }
}
