package io.zeroui.contracts.policy.lifecycle;

/** Why an act is refused. Clients branch on the names; they stay. */
public enum PolicyRefusal {
    OUT_OF_ORDER("the act is not the next one of the history"),
    NO_SUCH_VERSION("there is no such version of the policy"),
    VERSION_EXISTS("the version is there already, with this content"),
    OTHER_CONTENT("the version is there already, with other content; a version is never changed"),
    AMBIGUOUS_NAME("another policy's version has the same name in receipts, {policy-id}-{version}"),
    TOO_MANY_VERSIONS("the tenant has as many versions of policies as are allowed"),
    ALREADY_REVOKED("the version is revoked, and stays so"),
    REASON_MISSING("the act needs a reason"),
    NOT_A_DRAFT("only a draft can be submitted"),
    NOT_IN_REVIEW("only what is in review can be approved or rejected"),
    AUTHOR_APPROVES("who wrote the version cannot approve it"),
    NOT_APPROVED("the version is not approved"),
    NEVER_RELEASED("the version was never released, so there is nothing to restore; release it"),
    STILL_RELEASED("the version is still released, so there is nothing to restore; promote it, or halt the one in its place"),
    NOT_RELEASED("only a released version can be promoted, halted or killed"),
    NARROWER_ROLLOUT("a promotion reaches all edges that had the version, and more"),
    ALREADY_HALTED("no edge has the version by its rollout"),
    KILLED_IN_THE_PAST("a version is switched off until a time that is to come"),
    NOT_KILLED("the version is not switched off");

    private final String text;

    PolicyRefusal(String text) {
        this.text = text;
    }

    /** In words. */
    public String text() {
        return text;
    }
}
