package io.zeroui.runtime.intake;

import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.zeroui.runtime.intake.LineSplitter.Piece;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.LingeringClose;
import io.zeroui.runtime.problems.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One stream of receipts in and of answers out, at the same time and in the same order. Runs on the request's event loop
 * only. Memory is bounded: it asks for more bytes only while few batches are under way, the client takes its answers, and
 * the tenant's ingest limit has let the lines pass that came before: a stream over its limit is slowed down, and loses nothing.
 * When the client goes away nothing more is read; what was submitted is still done. The same happens to a client that lets the
 * service wait in the middle of a line, and to one whose line does not end.
 */
final class BulkExchange {

    private static final long LOOK_MILLIS = 1_000;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final LineIntake<?> intake;
    private final BulkLimits limits;
    private final ObjectWriter json;
    private final RateLimits.Account limit;
    private final Runnable closed;
    private final LineSplitter splitter;
    private final Deque<BulkBatch> underWay = new ArrayDeque<>();

    private BulkBatch filling;
    private long lines;
    private boolean fetching;
    private boolean inputEnded;
    private boolean waiting;
    private boolean over;
    private boolean isHopeless;
    private long watch;
    private long linesSeen;
    private int secondsWaited;

    BulkExchange(HttpServerRequest request, Context context, BulkStreams.Owner owner, BulkLimits limits, ObjectWriter json,
            Runnable closed) {
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.intake = owner.intake();
        this.limits = limits;
        this.json = json;
        this.limit = owner.limit();
        this.closed = closed;
        this.splitter = new LineSplitter(limits.lineBytes());
        this.filling = new BulkBatch(1, limits.lineBytes());
    }

    void start() {
        response.setChunked(true);
        response.putHeader("Content-Type", "application/x-ndjson");
        response.exceptionHandler(failure -> finish());
        response.closeHandler(nothing -> finish());
        response.drainHandler(nothing -> advance());
        request.exceptionHandler(failure -> finish());
        request.handler(this::received);
        request.endHandler(nothing -> inputEnded());
        response.writeHead().onFailure(failure -> finish());
        watch = context.owner().setPeriodic(LOOK_MILLIS, id -> context.runOnContext(nothing -> look()));
        advance();
    }

    /** Once a second: only time counts in which nothing but the client is waited for, in the middle of a line. */
    private void look() {
        if (lines != linesSeen || splitter.begun() == 0) {
            linesSeen = lines;
            secondsWaited = 0;
        } else if (fetching) {
            secondsWaited++;
        }
        if (!over && secondsWaited > limits.lineTime().toSeconds()) {
            request.connection().close();
            finish();
        }
    }

    private void received(Buffer block) {
        fetching = false;
        long before = lines;
        splitter.feed(block, this::line);
        limit.charge(lines - before);
        if (splitter.begun() > limits.hopelessBytes()) {
            isHopeless = true;
            inputEnded();
        } else {
            advance();
        }
    }

    private void line(Piece piece) {
        lines++;
        filling.add(piece);
        if (filling.lines() >= limits.batchLines() || filling.bytes() >= limits.batchBytes()) {
            submit();
        }
    }

    private void inputEnded() {
        if (inputEnded) {
            return;
        }
        inputEnded = true;
        Piece last = splitter.end();
        if (last != null) {
            line(last);
            limit.charge(1);
        }
        advance();
    }

    private void submit() {
        if (filling.lines() == 0 || over) {
            return;
        }
        BulkBatch batch = filling;
        filling = new BulkBatch(lines + 1, limits.lineBytes());
        underWay.add(batch);
        intake.submit(batch.submittable()).subscribe().with(
                outcomes -> answered(() -> batch.answer(outcomes, json)),
                failure -> answered(() -> batch.answerFailure(detail(failure), json)));
    }

    private static String detail(Throwable failure) {
        return failure instanceof ProblemException problem ? String.valueOf(problem.getMessage()) : "too much is under way";
    }

    private void answered(Runnable write) {
        context.runOnContext(nothing -> {
            write.run();
            advance();
        });
    }

    /** Writes what is ready, submits what is there, asks for more: as far as bounds allow. */
    private void advance() {
        if (over) {
            return;
        }
        writeAnswers();
        if (filling.lines() > 0 && (underWay.isEmpty() || inputEnded)) {
            submit();
        }
        if (inputEnded && underWay.isEmpty()) {
            over = true;
            if (response.ended() || response.closed()) {
                release(); // the client went away before we did
            } else {
                response.end().onComplete(ended -> release());
            }
        } else if (!inputEnded && !fetching && !waiting && hasRoom()) {
            fetchWhenReady();
        }
    }

    private boolean hasRoom() {
        return underWay.size() < limits.batchesInFlight() && !response.writeQueueFull();
    }

    private void fetchWhenReady() {
        waiting = true;
        limit.settled().chain(intake::ready).subscribe().with(ready -> context.runOnContext(nothing -> {
            waiting = false;
            if (!over && !inputEnded && !fetching) {
                fetching = true;
                request.fetch(1);
            }
        }));
    }

    private void writeAnswers() {
        Buffer text = null;
        while (!underWay.isEmpty() && !response.writeQueueFull()) {
            Buffer answer = underWay.peek().answer();
            if (answer == null) {
                break;
            }
            underWay.remove();
            text = text == null ? answer : text.appendBuffer(answer);
        }
        if (text != null) {
            response.write(text).onFailure(failure -> finish());
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            underWay.clear();
            filling = new BulkBatch(0, limits.lineBytes());
            release();
        }
    }

    private void release() {
        context.owner().cancelTimer(watch);
        closed.run();
        if (isHopeless) {
            LingeringClose.close(request, context.owner());
        }
    }
}
