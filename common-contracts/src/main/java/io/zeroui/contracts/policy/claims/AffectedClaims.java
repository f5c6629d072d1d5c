package io.zeroui.contracts.policy.claims;

import io.zeroui.contracts.identity.EdgeId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which claims may stand otherwise than before because of lines that were added to a history; all others stand as they did.
 *
 * @param all every claim: what was known before does not tell
 * @param flagged those that are flagged
 * @param unjudgedFrom those of this time or later that are unjudged; null for none
 * @param edges for an edge those of its claims that are later than the time
 */
public record AffectedClaims(boolean all, boolean flagged, @Nullable Instant unjudgedFrom, Map<EdgeId, Instant> edges) {

    /** Every claim. */
    static final AffectedClaims ALL = new AffectedClaims(true, true, Instant.EPOCH, Map.of());

    public AffectedClaims {
        edges = Map.copyOf(edges);
    }

    /** Whether a claim is among them that stands like this. */
    public boolean includes(PolicyClaim claim, PolicyStanding standing) {
        Instant from = unjudgedFrom;
        Instant behind = claim.edge() == null ? null : edges.get(claim.edge());
        return standing != PolicyStanding.NONE && (all || flagged && standing.isFlagged()
                || from != null && standing == PolicyStanding.UNJUDGED && !claim.at().isBefore(from)
                || behind != null && claim.at().isAfter(behind));
    }
}
