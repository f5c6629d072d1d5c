package io.zeroui.contracts.attestation;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One reason why an attestation is not verified.
 *
 * @param reason which
 * @param detail where and what, in words
 */
public record Finding(Reason reason, String detail) {

    /** The reason's name in lower case. */
    @JsonProperty("reason")
    public String key() {
        return reason.key();
    }
}
