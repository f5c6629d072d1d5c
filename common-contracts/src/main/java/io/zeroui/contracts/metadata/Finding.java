package io.zeroui.contracts.metadata;

/**
 * One violation of the metadata-only rule. Never repeats what was found.
 *
 * @param kind what kind of content
 * @param what the kind of content in words, for example {@code a mail address}
 * @param path JSON Pointer (RFC 6901) to the value, or to the object that has a member of such a name
 */
public record Finding(Kind kind, String what, String path) {

    /** What must not be there. */
    public enum Kind {
        SOURCE_CODE,
        SECRET,
        PERSONAL_DATA
    }
}
