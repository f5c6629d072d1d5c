package io.zeroui.runtime.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.vertx.core.buffer.Buffer;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.intake.LineSplitter.Piece;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a stream that go through together, and their answers. */
final class BulkBatch {

    private final long firstLine;
    private final int maxLineBytes;
    private final List<Piece> pieces = new ArrayList<>();
    private long bytes;
    private @Nullable Buffer answer;

    BulkBatch(long firstLine, int maxLineBytes) {
        this.firstLine = firstLine;
        this.maxLineBytes = maxLineBytes;
    }

    void add(Piece piece) {
        pieces.add(piece);
        byte[] kept = piece.bytes();
        bytes += kept == null ? 0 : kept.length;
    }

    int lines() {
        return pieces.size();
    }

    long bytes() {
        return bytes;
    }

    /** The lines that are not too long. */
    List<byte[]> submittable() {
        List<byte[]> lines = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            byte[] kept = piece.bytes();
            if (kept != null) {
                lines.add(kept);
            }
        }
        return lines;
    }

    /** The answers, one line each; null before there are any. */
    @Nullable
    Buffer answer() {
        return answer;
    }

    void answer(List<? extends SubmitOutcome<?>> outcomes, ObjectWriter json) {
        Buffer text = Buffer.buffer(pieces.size() * 96);
        int next = 0;
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            append(text, json, piece.bytes() == null ? tooLarge(firstLine + i, piece.length())
                    : BulkResult.of(firstLine + i, outcomes.get(next++)));
        }
        answer = text;
        pieces.clear();
    }

    void answerFailure(String detail, ObjectWriter json) {
        Buffer text = Buffer.buffer();
        for (int i = 0; i < pieces.size(); i++) {
            append(text, json, BulkResult.unavailable(firstLine + i, null, detail));
        }
        answer = text;
        pieces.clear();
    }

    private BulkResult tooLarge(long line, long length) {
        return BulkResult.refused(line, null, Refusal.of(RefusalReason.TOO_LARGE,
                "the line has " + length + " bytes, a receipt at most " + maxLineBytes));
    }

    private static void append(Buffer text, ObjectWriter json, BulkResult result) {
        try {
            text.appendBytes(json.writeValueAsBytes(result)).appendByte((byte) '\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
