package io.zeroui.contracts.ledger;

import io.zeroui.contracts.receipts.Hash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What the log publishes of a stored line: SHA-256(salt ‖ line), the line without its line feed. Who has the line and the
 * salt can show that this line was meant; who has neither can find out nothing of the line.
 *
 * @param salt kept beside the line, in the journal, never in the log; null for a line that was journaled before there were
 *        salts, whose commitment is SHA-256(line)
 * @param value the commitment itself
 */
public record Commitment(@Nullable Salt salt, Hash value) {

    /** Commits to a line with a new salt. */
    public static Commitment to(byte[] line) {
        return with(Salt.random(), line);
    }

    /** The commitment to a line with this salt. */
    public static Commitment with(@Nullable Salt salt, byte[] line) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (salt != null) {
                digest.update(salt.bytes());
            }
            return new Commitment(salt, new Hash(digest.digest(line)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether this is the commitment to that line. */
    public boolean isTo(byte[] line) {
        return with(salt, line).value().equals(value);
    }
}
