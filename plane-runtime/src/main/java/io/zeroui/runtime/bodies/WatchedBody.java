package io.zeroui.runtime.bodies;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.runtime.problems.LingeringClose;
import org.jspecify.annotations.Nullable;

/** Looks once a second how much of a body has come, from the request's event loop; closes the connection of one that is too slow. */
final class WatchedBody {

    private static final long LOOK_MILLIS = 1_000;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final long begunNanos = System.nanoTime();
    private final long graceNanos;
    private final long bytesPerSecond;
    private final boolean isLarge;
    private final long length;
    private final Runnable slow;
    private @Nullable Runnable ended;
    private long timer;

    private WatchedBody(RoutingContext routing, BodyConfig config, long length, Runnable slow, Runnable ended) {
        this.request = routing.request();
        this.vertx = routing.vertx();
        this.graceNanos = config.grace().toNanos();
        this.bytesPerSecond = config.bytesPerSecond();
        this.length = length;
        this.isLarge = length > config.smallBytes();
        this.slow = slow;
        this.ended = ended;
    }

    /**
     * Watches until the request is answered or its connection is gone.
     *
     * @param length of the body in bytes; {@link Long#MAX_VALUE} where nobody knows. Of a large one whose answer is there before it only a
     *            little more is read, and then the connection is closed
     * @param slow runs before a connection is closed because its body is too slow
     * @param ended runs once when it is over
     */
    static void watch(RoutingContext routing, BodyConfig config, long length, Runnable slow, Runnable ended) {
        WatchedBody body = new WatchedBody(routing, config, length, slow, ended);
        body.timer = routing.vertx().setPeriodic(LOOK_MILLIS, id -> body.look());
        routing.addHeadersEndHandler(nothing -> body.closeUnlessRead());
        routing.addEndHandler(answered -> body.end());
    }

    private void look() {
        if (request.response().ended() || request.response().closed()) {
            end();
        } else if (!request.isEnded() && isSlow()) {
            slow.run();
            end();
            request.connection().close();
        }
    }

    private boolean isSlow() {
        long nanos = System.nanoTime() - begunNanos - graceNanos;
        return nanos > 0 && request.bytesRead() / (double) bytesPerSecond * 1e9 < nanos;
    }

    private void closeUnlessRead() {
        if (isLarge && !isRead()) {
            request.response().putHeader("Connection", "close");
        }
    }

    /** Its end is heard of a little after its last byte: an answer may be there in between. */
    private boolean isRead() {
        return request.isEnded() || request.bytesRead() >= length;
    }

    private void end() {
        Runnable last = ended;
        if (last == null) {
            return;
        }
        ended = null;
        vertx.cancelTimer(timer);
        last.run();
        if (isLarge && !isRead() && request.response().ended()) {
            LingeringClose.close(request, vertx);
        }
    }
}
