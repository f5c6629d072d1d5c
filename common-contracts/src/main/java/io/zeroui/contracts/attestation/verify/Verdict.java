package io.zeroui.contracts.attestation.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.zeroui.contracts.attestation.Finding;
import io.zeroui.contracts.attestation.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param reasons why the attestation is not verified, in the order of the checks; none when it is
 * @param signers who has verifiably signed; none when it is not verified
 * @param signedAt when, as a log or a timestamp authority says; absent when nobody does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(List<Finding> reasons, List<Signer> signers,
        @JsonProperty("signed_at") @Nullable Instant signedAt) {

    public Verdict {
        reasons = List.copyOf(reasons);
        signers = reasons.isEmpty() ? List.copyOf(signers) : List.of();
        if (reasons.isEmpty() && signers.isEmpty()) {
            throw new IllegalArgumentException("what nobody has signed is not verified");
        }
    }

    /** Not verified, for these reasons, of which there is at least one. */
    static Verdict refused(List<Finding> reasons) {
        return new Verdict(reasons, List.of(), null);
    }

    /** Whether it is verified. */
    @JsonProperty("verified")
    public boolean isVerified() {
        return reasons.isEmpty();
    }

    /** Whether this is one of the reasons why not. */
    public boolean has(Reason reason) {
        return reasons.stream().anyMatch(finding -> finding.reason() == reason);
    }
}
