package io.zeroui.contracts.rulings;

/** Rulings are not believed; what was believed before stays. */
public final class RulingsRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final RulingsObjection objection;

    /** A refusal; {@code detail} does not repeat what was refused. */
    public RulingsRefused(RulingsObjection objection, String detail) {
        super(detail);
        this.objection = objection;
    }

    /** Why. */
    public RulingsObjection objection() {
        return objection;
    }
}
