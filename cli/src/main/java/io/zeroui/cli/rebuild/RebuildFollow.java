package io.zeroui.cli.rebuild;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches a service that indexes its files anew. */
final class RebuildFollow {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ServiceClient client;
    private final Plane plane;

    RebuildFollow(ServiceClient client, Plane plane) {
        this.client = client;
        this.plane = plane;
    }

    /**
     * What a plane's database has.
     *
     * @param rows rows of its index
     * @param value the digest over them
     */
    record Digest(long rows, String value) {
    }

    /** The digest at this moment. */
    Digest digest() {
        JsonNode body = client.getBody(plane, "/v1/status/digest");
        return new Digest(body.path("rows").asLong(), body.path("digest").asText());
    }

    /**
     * Waits until the service says that it has caught up; where it does not say so, until the digest stays the same.
     *
     * @throws CliFailure after the timeout
     */
    Digest await(Duration timeout, Progress progress) {
        long end = System.nanoTime() + timeout.toNanos();
        Digest last = new Digest(-1, "");
        long sameSince = System.nanoTime();
        while (System.nanoTime() < end) {
            ServiceClient.Answer status = client.get(plane, "/v1/status");
            ServiceClient.Answer answer = client.get(plane, "/v1/status/digest");
            if (status.isSuccess() && answer.isSuccess()) {
                Digest now = new Digest(answer.body().path("rows").asLong(), answer.body().path("digest").asText());
                progress.show("indexed: " + now.rows() + " rows");
                if (!now.equals(last)) {
                    last = now;
                    sameSince = System.nanoTime();
                } else if (isDone(status.body(), System.nanoTime() - sameSince)) {
                    progress.done("indexed: " + now.rows() + " rows, all there are");
                    return now;
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new CliFailure("the " + plane.key() + " plane has not caught up within " + timeout.toSeconds() + " s",
                "it goes on by itself; run this again with --follow, or see ./zeroui logs " + plane.key());
    }

    private static boolean isDone(JsonNode status, long sameNanos) {
        JsonNode caughtUp = status.findPath("caught_up");
        return caughtUp.isBoolean() ? caughtUp.booleanValue() : sameNanos > SETTLED_NANOS;
    }
}
