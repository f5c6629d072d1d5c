package io.zeroui.runtime.streams;

import io.vertx.pgclient.PgException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Which failures time mends, and which of Redis' errors mean that the stream or the group is gone. */
final class RedisFailures {

    /** Classes of SQLSTATE that say something about the server's state and nothing about the row. */
    private static final Set<String> TRANSIENT_SQLSTATE_CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    private RedisFailures() {
    }

    static boolean isMissingKey(Throwable failure) {
        return message(failure).contains("no such key");
    }

    static boolean isMissingGroup(Throwable failure) {
        return message(failure).contains("NOGROUP") || message(failure).contains("UNBLOCKED");
    }

    static boolean isForbidden(Throwable failure) {
        return message(failure).contains("NOPERM");
    }

    static boolean isGroupExists(Throwable failure) {
        return message(failure).contains("BUSYGROUP");
    }

    /**
     * True for failures of a connection, a server or a disk: the same batch may succeed later, so its entries are not
     * to blame.
     */
    static boolean isTransient(Throwable failure) {
        for (@Nullable
        Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg) {
                String state = pg.getSqlState();
                return state == null || TRANSIENT_SQLSTATE_CLASSES.contains(state.substring(0, 2));
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof ErrorType
                    || cause instanceof io.smallrye.mutiny.TimeoutException
                    || cause instanceof io.vertx.core.VertxException
                    || cause instanceof TransientFailure) {
                return true;
            }
            String name = cause.getClass().getName();
            if (name.contains("ClosedConnection") || name.contains("NoStackTrace")) {
                return true;
            }
        }
        return false;
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
