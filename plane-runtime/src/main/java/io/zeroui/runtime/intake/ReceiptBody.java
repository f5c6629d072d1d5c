package io.zeroui.runtime.intake;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body that is one receipt: one line, which may end in one line feed. */
public final class ReceiptBody {

    private static final int TIMEOUT = 408;

    private ReceiptBody() {
    }

    /**
     * The line without its line feed; of a body that is too long nothing is kept. Blocking.
     *
     * @param length what the client says the length is
     * @throws ProblemException 413 for a body that is too long, 400 for one of several lines
     */
    public static byte[] read(InputStream body, @Nullable Long length, int maxBytes) {
        if (length != null && length > maxBytes + 1L) {
            throw ReceiptProblem.tooLarge(maxBytes);
        }
        return line(readAtMost(body, maxBytes + 2), maxBytes);
    }

    /**
     * The first bytes of a body. Blocking.
     *
     * @throws ProblemException 408 for a body that does not come: its client is too slow or has gone away
     */
    public static byte[] readAtMost(InputStream body, int bytes) {
        try {
            return body.readNBytes(bytes);
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TIMEOUT, "The body did not come in time: " + e.getMessage(),
                    Map.of("reason", "BODY_INCOMPLETE"));
        }
    }

    private static byte[] line(byte[] body, int maxBytes) {
        int end = body.length > 0 && body[body.length - 1] == '\n' ? body.length - 1 : body.length;
        if (end > maxBytes) {
            throw ReceiptProblem.tooLarge(maxBytes);
        }
        for (int i = 0; i < end; i++) {
            if (body[i] == '\n') {
                throw ReceiptProblem.of(null, Refusal.of(
                        i > 0 && body[i - 1] == '\r' ? RefusalReason.CRLF : RefusalReason.NOT_ONE_LINE,
                        "a receipt is one line; there is a line feed at byte " + i));
            }
        }
        return end == body.length ? body : Arrays.copyOf(body, end);
    }
}
