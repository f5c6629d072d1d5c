package io.zeroui.runtime.problems;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Closes the connection of a request that was answered before all of its body had come.
 *
 * <p>TCP throws away what a client has not read yet when the server closes with bytes unread: the client would see a broken connection
 * in the place of its answer. So the rest is read and dropped for a moment (RFC 9112 section 9.6).
 */
public final class LingeringClose {

    private static final long MOST_MILLIS = 5_000;
    private static final long MOST_BYTES = 16 << 20;

    private final HttpServerRequest request;
    private final Vertx vertx;
    private long left = MOST_BYTES;
    private long timer;

    private LingeringClose(HttpServerRequest request, Vertx vertx) {
        this.request = request;
        this.vertx = vertx;
    }

    /** Reads at most five seconds, or 16 MiB, then closes. On the request's event loop, its answer written. */
    public static void close(HttpServerRequest request, Vertx vertx) {
        if (request.isEnded()) {
            request.connection().close();
        } else {
            new LingeringClose(request, vertx).read();
        }
    }

    private void read() {
        timer = vertx.setTimer(MOST_MILLIS, id -> end());
        request.exceptionHandler(gone -> end());
        request.endHandler(nothing -> end());
        request.handler(block -> {
            left -= block.length();
            if (left < 0) {
                end();
            }
        });
        request.resume();
    }

    private void end() {
        vertx.cancelTimer(timer);
        request.connection().close();
    }
}
