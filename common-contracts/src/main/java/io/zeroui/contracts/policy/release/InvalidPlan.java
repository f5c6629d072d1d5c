package io.zeroui.contracts.policy.release;

/** A plan of a rollout is not valid. Says which member it is, as in {@code gate.max_override_rate}. */
public final class InvalidPlan extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String member;
    private final String rule;

    InvalidPlan(String member, String rule) {
        super(member + " " + rule);
        this.member = member;
        this.rule = rule;
    }

    /** Which member. */
    public String member() {
        return member;
    }

    /** What it must be. */
    public String rule() {
        return rule;
    }
}
