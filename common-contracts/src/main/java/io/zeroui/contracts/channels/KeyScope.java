package io.zeroui.contracts.channels;

/** How many streams a channel has. */
public enum KeyScope {
    /** One stream for everybody. */
    GLOBAL,
    /** One stream per edge; its key ends in the edge id. */
    EDGE
}
