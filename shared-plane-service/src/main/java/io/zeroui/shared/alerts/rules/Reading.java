package io.zeroui.shared.alerts.rules;

/** What an instance's figures say about one rule. */
public enum Reading {

    /** The threshold is crossed. */
    BAD,

    /** It is not crossed, but not well either. */
    BETWEEN,

    /** All is well. */
    WELL,

    /** Nobody knows. */
    MISSING
}
