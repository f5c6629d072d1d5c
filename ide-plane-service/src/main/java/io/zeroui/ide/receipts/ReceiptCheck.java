package io.zeroui.ide.receipts;

import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.receipts.ReceiptLine;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.signature.TrustStore;
import java.time.Instant;
import java.util.Optional;

/** All that a line must pass, whichever way it comes: shape, time, content, signature, tenant. Thread-safe. */
public final class ReceiptCheck {

    private final ReceiptInspector inspector;
    private final TrustStore trust;
    private final TenantRule tenants;

    ReceiptCheck(ReceiptInspector inspector, TrustStore trust, Optional<TenantId> enrolled) {
        this.inspector = inspector;
        this.trust = trust;
        this.tenants = new TenantRule(enrolled);
    }

    /** What the check says of a line. */
    public sealed interface Verdict permits Passed, Failed {
    }

    /**
     * The line is a receipt of this edge.
     *
     * @param line the line and what it says
     * @param tenantId whose it is
     */
    public record Passed(ReceiptLine line, TenantId tenantId) implements Verdict {
    }

    /**
     * The line is not taken.
     *
     * @param refusal why
     */
    public record Failed(Refusal refusal) implements Verdict {
    }

    /** Checks a line without its line feed that arrives now. */
    public Verdict check(byte[] line, Instant now) {
        return verdict(inspector.inspect(line, trust, now));
    }

    /** Checks a line that was found in a file: its key is judged by the receipt's time, so that a rebuild finds the same. */
    public Verdict checkFound(byte[] line, Instant now) {
        return verdict(inspector.inspectFound(line, trust, now));
    }

    private Verdict verdict(Inspection inspection) {
        if (inspection instanceof Inspection.Refused refused) {
            return new Failed(refused.refusal());
        }
        ReceiptLine accepted = ((Inspection.Accepted) inspection).line();
        Refusal refusal = tenants.refusal(accepted.header());
        return refusal == null ? new Passed(accepted, tenants.tenantOf(accepted.header())) : new Failed(refusal);
    }

    /** Checks a line that lies in a repository's folder: the receipt must be that repository's. */
    public Verdict checkIn(RepoId folder, byte[] line, Instant now) {
        Verdict verdict = checkFound(line, now);
        if (verdict instanceof Passed passed && !passed.line().header().repoId().equals(folder)) {
            return new Failed(new Refusal(RefusalReason.UNSAFE_PATH, "the receipt of repository "
                    + passed.line().header().repoId() + " lies in the folder of " + folder, "/actor/repo_id"));
        }
        return verdict;
    }
}
