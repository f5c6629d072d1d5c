package io.zeroui.contracts.attestation;

/** A document or a part of it does not hold. Has no stack trace: it is an outcome, thrown often. */
public final class AttestationRefused extends Exception {

    private final Reason reason;

    /** @param detail where and what, in words */
    public AttestationRefused(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Why, and where, in words. */
    public Finding finding() {
        return new Finding(reason, String.valueOf(getMessage()));
    }
}
