package io.zeroui.runtime.bodies;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Objects;

/** Writes a request's body into a file as it comes, no faster than the disk takes it, and no slower than it may be. */
public final class BodyFile {

    private static final long LOOK_MILLIS = 1_000;
    private static final long GRACE_NANOS = 30_000_000_000L;
    private static final long BYTES_A_SECOND_LEAST = 32_768;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Path path;
    private final long most;
    private final Promise<Long> done = Promise.promise();
    private final long begunNanos = System.nanoTime();
    private long received;
    private long timer;

    private BodyFile(Vertx vertx, HttpServerRequest request, Path path, long most) {
        this.vertx = vertx;
        this.request = request;
        this.path = path;
        this.most = most;
    }

    /** That a body is longer than it may be. */
    public static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLong() {
            super("the body is too long", null, false, false);
        }
    }

    /**
     * Receives a body.
     *
     * @param request is paused
     * @param path is there only when the future succeeds
     * @param most bytes
     * @return its length in bytes; fails with {@link TooLong}
     */
    public static Future<Long> receive(Vertx vertx, HttpServerRequest request, Path path, long most) {
        BodyFile one = new BodyFile(vertx, request, path, most);
        vertx.fileSystem().mkdirs(Objects.requireNonNull(path.getParent()).toString())
                .compose(made -> vertx.fileSystem().open(path.toString(), new OpenOptions().setWrite(true).setCreateNew(true).setRead(false)))
                .onSuccess(one::write).onFailure(one.done::tryFail);
        return one.done.future();
    }

    private void write(AsyncFile file) {
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> look(file));
        request.handler(part -> {
            received += part.length();
            if (received > most) {
                end(file, new TooLong());
                return;
            }
            file.write(part).onFailure(cause -> end(file, cause));
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(drained -> request.resume());
            }
        });
        request.exceptionHandler(cause -> end(file, cause));
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
            file.close().onSuccess(closed -> done.tryComplete(received)).onFailure(cause -> end(file, cause));
        });
        request.resume();
    }

    private void look(AsyncFile file) {
        long nanos = System.nanoTime() - begunNanos - GRACE_NANOS;
        if (nanos > 0 && received / (double) BYTES_A_SECOND_LEAST * 1e9 < nanos) {
            end(file, new IllegalStateException("the body came too slowly"));
            request.connection().close();
        }
    }

    private void end(AsyncFile file, Throwable cause) {
        vertx.cancelTimer(timer);
        if (done.tryFail(cause)) {
            request.handler(part -> { });
            file.close().onComplete(closed -> vertx.fileSystem().delete(path.toString()));
        }
    }
}
