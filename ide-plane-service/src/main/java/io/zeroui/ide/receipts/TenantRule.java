package io.zeroui.ide.receipts;

import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose receipt is it? An enrolled edge works for one tenant, and a receipt that names another is refused. An edge without
 * enrolment (development) takes the receipt's word, or {@link TenantId#DEFAULT} where it has none. Probe receipts of the
 * system itself, by repository and tenant, are always taken. The same receipt always gives the same tenant.
 */
final class TenantRule {

    private final @Nullable TenantId enrolled;

    TenantRule(Optional<TenantId> enrolled) {
        this.enrolled = enrolled.orElse(null);
    }

    TenantId tenantOf(ReceiptHeader header) {
        TenantId named = header.tenantId();
        if (isProbe(header)) {
            return TenantId.SELFCHECK;
        }
        if (enrolled != null) {
            return enrolled;
        }
        return named == null ? TenantId.DEFAULT : named;
    }

    /** Why the receipt is not for this edge's tenant, or null. */
    @Nullable
    Refusal refusal(ReceiptHeader header) {
        TenantId named = header.tenantId();
        if (isProbe(header)) {
            return null;
        }
        if (TenantId.SELFCHECK.equals(named) || RepoId.SELFCHECK.equals(header.repoId())) {
            return new Refusal(RefusalReason.TENANT_MISMATCH,
                    "tenant and repository " + TenantId.SELFCHECK + " belong together and to nobody else", "/tenant_id");
        }
        if (enrolled != null && named != null && !enrolled.equals(named)) {
            return new Refusal(RefusalReason.TENANT_MISMATCH,
                    "the receipt is tenant " + named + "'s, this edge is enrolled for " + enrolled, "/tenant_id");
        }
        return null;
    }

    private static boolean isProbe(ReceiptHeader header) {
        return RepoId.SELFCHECK.equals(header.repoId()) && TenantId.SELFCHECK.equals(header.tenantId());
    }
}
