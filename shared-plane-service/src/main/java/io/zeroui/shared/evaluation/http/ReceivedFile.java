package io.zeroui.shared.evaluation.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A body that was received into a file.
 *
 * @param path the file, which is the receiver's to remove
 * @param bytes its length
 */
record ReceivedFile(Path path, long bytes) {

    private static final Logger LOG = Logger.getLogger(ReceivedFile.class);
    private static final Duration TIME_MOST = Duration.ofMinutes(15);

    /**
     * Receives the body of a request, no faster than the disk takes it and for a quarter of an hour at most. On the request's event loop; exactly
     * one of the two is called there, neither when the client goes away.
     *
     * @param most longest body
     */
    static void receive(RoutingContext routing, long most, Consumer<ReceivedFile> received, Consumer<ProblemException> refused) {
        routing.request().pause();
        Vertx vertx = routing.vertx();
        vertx.fileSystem().createTempFile("zeroui-import-", ".tmp")
                .compose(path -> vertx.fileSystem().open(path, new OpenOptions().setWrite(true).setTruncateExisting(true))
                        .onSuccess(file -> new Receiving(routing, Path.of(path), file, most, received, refused).begin()))
                .onFailure(failure -> {
                    LOG.errorf(failure, "no file for a body");
                    refused.accept(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The file cannot be received now"));
                });
    }

    /** One body on its way. */
    private static final class Receiving {

        private final HttpServerRequest request;
        private final Vertx vertx;
        private final Path path;
        private final AsyncFile file;
        private final long most;
        private final Consumer<ReceivedFile> received;
        private final Consumer<ProblemException> refused;
        private long bytes;
        private boolean over;

        private Receiving(RoutingContext routing, Path path, AsyncFile file, long most, Consumer<ReceivedFile> received,
                Consumer<ProblemException> refused) {
            this.request = routing.request();
            this.vertx = routing.vertx();
            this.path = path;
            this.file = file;
            this.most = most;
            this.received = received;
            this.refused = refused;
        }

        private void begin() {
            long timer = vertx.setTimer(TIME_MOST.toMillis(), late -> request.connection().close());
            request.response().endHandler(ended -> vertx.cancelTimer(timer));
            request.response().closeHandler(closed -> {
                vertx.cancelTimer(timer);
                drop();
            });
            request.exceptionHandler(failure -> drop());
            request.handler(this::take);
            request.endHandler(ended -> end());
            request.resume();
        }

        private void take(Buffer part) {
            if (over) {
                return;
            }
            bytes += part.length();
            if (bytes > most) {
                drop();
                refused.accept(ImportRoute.tooLarge());
                return;
            }
            file.write(part).onFailure(this::fail);
            if (file.writeQueueFull()) {
                request.pause();
                file.drainHandler(drained -> request.resume());
            }
        }

        private void end() {
            if (over) {
                return;
            }
            over = true;
            file.close().onSuccess(closed -> {
                try {
                    received.accept(new ReceivedFile(path, bytes));
                } catch (ProblemException problem) {
                    remove();
                    refused.accept(problem);
                }
            }).onFailure(failure -> {
                over = false;
                fail(failure);
            });
        }

        private void fail(Throwable failure) {
            if (!over) {
                LOG.errorf(failure, "a body was not received");
                drop();
                refused.accept(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The file cannot be received now"));
            }
        }

        /** What has come of a body is of no use without the rest. */
        private void drop() {
            if (!over) {
                over = true;
                file.close().onComplete(closed -> remove());
            }
        }

        private void remove() {
            vertx.fileSystem().delete(path.toString()).onFailure(failure -> LOG.warnf("a file is still there: %s", failure));
        }
    }
}
