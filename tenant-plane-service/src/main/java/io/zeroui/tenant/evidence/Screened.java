package io.zeroui.tenant.evidence;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.journal.Arrival;
import org.jspecify.annotations.Nullable;

/** What the checks made of what came. */
sealed interface Screened {

    /**
     * A receipt that may enter the ledger.
     *
     * @param tenant whose it is
     * @param arrival the receipt
     * @param vouched the key that verified it, where the edge vouched for it and the tenant does not know it yet
     * @param source how it came
     */
    record Candidate(TenantId tenant, Arrival arrival, @Nullable Ed25519PublicKey vouched, DeadLetter.Source source)
            implements Screened {
    }

    /** Bytes that are kept in the tenant's dead-letter folder. */
    record Refused(DeadLetter letter) implements Screened {
    }

    /** An entry of which nobody can say whose it is: it goes to the channel's dead-letter stream. */
    record Unroutable(StreamEntry entry, String reason) implements Screened {
    }
}
