package io.zeroui.runtime.security;

/** What a check says of a credential. */
public sealed interface Verdict {

    /**
     * The credential is good.
     *
     * @param caller whose it is
     */
    record Accepted(Caller caller) implements Verdict {
    }

    /** The credential is not good; why is nobody's business. */
    record Rejected() implements Verdict {
    }

    /** Nobody can say at the moment: the keys could not be read. */
    record Undecided() implements Verdict {
    }
}
