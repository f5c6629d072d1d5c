package io.zeroui.contracts.witness;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a witness does not cosign. */
public enum WitnessRefusal {
    /** The witness knows another size than the offer begins at: an offer from that size is welcome. */
    CONFLICT(false),
    /** There is no witness here: it has no key. */
    NO_WITNESS(false),
    /** Nobody knows the tenant, or it is deleted, or the witness does not serve this log. */
    UNKNOWN_LOG(true),
    /** The offer is not one: a size, a hash, a note that is malformed. */
    MALFORMED(true),
    /** The checkpoint is signed, but not with the key that the witness has known this log by. */
    KEY(true),
    /** The checkpoint is not signed with the key that it is offered with. */
    SIGNATURE(true),
    /** The log has fewer lines than a checkpoint that the witness has cosigned. */
    ROLLBACK(true),
    /** The log of that size has another root than the one that the witness has cosigned. */
    FORK(true),
    /** The proof does not show that the log goes on from what the witness knows. */
    INCONSISTENT(true);

    private final boolean wrong;

    WitnessRefusal(boolean wrong) {
        this.wrong = wrong;
    }

    /** Whether an operator must look: something is wrong that another offer does not mend. */
    public boolean isWrong() {
        return wrong;
    }

    /** As it is written. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
