package io.zeroui.runtime.downloads;

import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Allowance;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.ProblemAnswer;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.problems.RequestId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Serves files that do not change, whole or one range of them; so many at once and no more. */
public final class FileDownloads {

    private static final Logger LOG = Logger.getLogger(FileDownloads.class);
    private static final String NO_CACHE = "private, no-store";

    private final ErrorForms forms;
    private final Semaphore free;
    private final int mostOfOne;
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();

    /**
     * Downloads.
     *
     * @param most at the same time
     * @param mostOfOne the same of one owner, so that slow readers of one keep nobody else's out
     */
    public FileDownloads(int most, int mostOfOne, ErrorForms forms) {
        this.forms = forms;
        this.free = new Semaphore(most);
        this.mostOfOne = mostOfOne;
    }

    /**
     * A download.
     *
     * @param owner whose file it is
     * @param limit counts it
     * @param file looks for the file when it is subscribed to
     */
    public record Wish(String owner, RateLimits.Account limit, Uni<StoredFile> file) {
    }

    /**
     * Serves a request.
     *
     * @param wish finds out what is wanted, or throws a {@link ProblemException}, which is the answer then
     */
    public void serve(RoutingContext routing, Supplier<Wish> wish) {
        HttpServerRequest request = routing.request();
        Context context = Vertx.currentContext();
        HttpServerResponse response = request.response();
        response.putHeader(RequestId.HEADER, RequestId.of(request));
        if (!free.tryAcquire()) {
            refuse(request, new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many files are being fetched"));
            return;
        }
        routing.addEndHandler(ended -> free.release());
        try {
            Wish wanted = wish.get();
            if (busy.merge(wanted.owner(), 1, Integer::sum) > mostOfOne) {
                leave(wanted.owner());
                throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many files of this tenant are being fetched");
            }
            routing.addEndHandler(ended -> leave(wanted.owner()));
            wanted.limit().take().invoke(FileDownloads::refuseOverLimit).chain(wanted::file)
                    .subscribe().with(file -> context.runOnContext(now -> send(request, file)),
                            failure -> context.runOnContext(now -> refuse(request, failure)));
        } catch (ProblemException problem) {
            refuse(request, problem);
        }
    }

    private void leave(String owner) {
        busy.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    }

    private static void refuseOverLimit(Allowance allowance) {
        if (!allowance.allowed()) {
            throw new ProblemException(ErrorCode.RATE_LIMIT_EXCEEDED, ErrorCode.RATE_LIMIT_EXCEEDED.status(),
                    "The limit of this tenant is reached", Map.of("retry_after_seconds", allowance.retryAfterSeconds()));
        }
    }

    private void send(HttpServerRequest request, StoredFile file) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        String tag = "\"" + file.sha256() + "\"";
        response.putHeader("ETag", tag).putHeader("Accept-Ranges", "bytes").putHeader("Cache-Control", NO_CACHE)
                .putHeader("X-Content-Type-Options", "nosniff");
        String range = request.getHeader("Range");
        String onlyIf = request.getHeader("If-Range");
        ByteRange.Asked asked = range == null || onlyIf != null && !onlyIf.equals(tag) || request.method() == HttpMethod.HEAD
                ? new ByteRange.Asked.Whole()
                : ByteRange.parse(range, file.length());
        if (asked instanceof ByteRange.Asked.Outside) {
            response.putHeader("Content-Range", "bytes */" + file.length()).putHeader("Content-Length", "0").setStatusCode(416)
                    .end().onComplete(FileDownloads::logged);
            return;
        }
        ByteRange part = asked instanceof ByteRange.Asked.Part some ? some.range() : new ByteRange(0, file.length());
        if (asked instanceof ByteRange.Asked.Part) {
            response.setStatusCode(206).putHeader("Content-Range",
                    "bytes " + part.offset() + "-" + (part.offset() + part.length() - 1) + "/" + file.length());
        }
        response.putHeader("Content-Type", file.mediaType()).putHeader("Content-Length", Long.toString(part.length()))
                .putHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        if (request.method() == HttpMethod.HEAD || part.length() == 0) {
            response.end().onComplete(FileDownloads::logged);
        } else {
            response.sendFile(file.path().toString(), part.offset(), part.length()).onComplete(sent -> {
                logged(sent);
                if (sent.failed() && !response.ended()) {
                    request.connection().close(); // a part of it may have gone: the client must not take it for all
                }
            });
        }
    }

    private static void logged(AsyncResult<Void> sent) {
        if (sent.failed()) {
            LOG.debugf("a file was not sent: %s", sent.cause());
        }
    }

    private void refuse(HttpServerRequest request, Throwable failure) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        ProblemException problem = failure instanceof ProblemException known ? known
                : new ProblemException(ErrorCode.INTERNAL_ERROR, "The request failed; the service's log has the cause under "
                        + RequestId.of(request));
        if (problem.code() == ErrorCode.INTERNAL_ERROR) {
            LOG.errorf(failure, "%s failed, request %s", request.path(), RequestId.of(request));
        }
        Object wait = problem.details().get("retry_after_seconds");
        if (wait != null) {
            response.putHeader("Retry-After", wait.toString());
        }
        Buffer body = ProblemAnswer.prepare(request, forms, problem.code(), problem.status(), String.valueOf(problem.getMessage()),
                problem.details());
        response.putHeader("Cache-Control", NO_CACHE).end(body).onComplete(FileDownloads::logged);
    }
}
