package io.zeroui.contracts.policy.lifecycle;

/** The book does not allow an act. Has no stack trace: it is an outcome. */
public final class PolicyActRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final PolicyRefusal reason;

    PolicyActRefused(PolicyRefusal reason) {
        super(reason.text(), null, false, false);
        this.reason = reason;
    }

    /** Why. */
    public PolicyRefusal reason() {
        return reason;
    }
}
