package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt says about its policies.
 *
 * @param policyVersionIds the policies that it names, {@code {policy-id}-{version}} each
 * @param snapshot the hash of a snapshot that it names; null where it names none
 * @param edge which edge delivered it; null where none did
 * @param at its own time, in whole microseconds as an index keeps it
 */
public record PolicyClaim(List<String> policyVersionIds, @Nullable Hash snapshot, @Nullable EdgeId edge, Instant at) {

    public PolicyClaim {
        policyVersionIds = List.copyOf(policyVersionIds);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** The claim of a receipt that an edge delivered, or, for null, somebody else. */
    public static PolicyClaim of(ReceiptHeader receipt, @Nullable String edge) {
        String hash = receipt.snapshotHash();
        return new PolicyClaim(receipt.policyVersionIds(), hash == null ? null : Hash.parse(hash), edge(edge), receipt.timestampUtc());
    }

    /** The edge of that name; null for none, and for a name that no edge can have. */
    public static @Nullable EdgeId edge(@Nullable String name) {
        try {
            return name == null ? null : EdgeId.of(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether nothing is claimed. */
    boolean isEmpty() {
        return policyVersionIds.isEmpty() && snapshot == null;
    }
}
