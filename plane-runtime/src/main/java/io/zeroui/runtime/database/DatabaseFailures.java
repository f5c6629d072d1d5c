package io.zeroui.runtime.database;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;

/** What a failed statement means. */
public final class DatabaseFailures {

    /** Classes of SQLSTATE (PostgreSQL, appendix A): connection, resources, operator intervention, system. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

    private DatabaseFailures() {
    }

    /** Whether the failure says that the database is not there, rather than that the statement is wrong. */
    public static boolean isUnavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                String state = pg.getSqlState();
                return state == null || UNAVAILABLE_CLASSES.contains(state.substring(0, 2));
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof VertxException
                    || cause.getClass().getName().contains("NoStackTrace")) {
                return true;
            }
        }
        return false;
    }
}
