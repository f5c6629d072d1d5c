package io.zeroui.cli.emitting;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.receipts.RefusalReason;

/** Sends one receipt whose key was registered a moment ago: the edge may need a second to see the key. */
final class FirstReceipt {

    private static final Duration KEY_SEEN = Duration.ofSeconds(5);
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private FirstReceipt() {
    }

    /**
     * The answer of the IDE plane, which has the receipt then.
     *
     * @throws CliFailure when it refuses it
     */
    @CanIgnoreReturnValue
    static JsonNode send(ServiceClient client, Emitter.Signed receipt) {
        long end = System.nanoTime() + KEY_SEEN.toNanos();
        ServiceClient.Answer answer = client.post(Plane.IDE, "/v1/receipts", receipt.line());
        while (answer.reason().equals(RefusalReason.KID_UNKNOWN.name()) && System.nanoTime() < end) {
            LockSupport.parkNanos(AGAIN_NANOS);
            answer = client.post(Plane.IDE, "/v1/receipts", receipt.line());
        }
        if (!answer.isSuccess()) {
            throw new CliFailure("the IDE plane refuses the receipt with " + answer.problem(), "see ./zeroui logs ide");
        }
        return answer.body();
    }
}
