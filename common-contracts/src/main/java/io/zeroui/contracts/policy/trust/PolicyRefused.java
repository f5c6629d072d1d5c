package io.zeroui.contracts.policy.trust;

/** Metadata or a snapshot is not believed; what was believed before stays. */
public final class PolicyRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final PolicyObjection objection;

    /** A refusal; {@code detail} does not repeat what was refused. */
    public PolicyRefused(PolicyObjection objection, String detail) {
        super(detail);
        this.objection = objection;
    }

    /** Why. */
    public PolicyObjection objection() {
        return objection;
    }
}
