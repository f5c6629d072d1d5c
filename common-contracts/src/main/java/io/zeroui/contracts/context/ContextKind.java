package io.zeroui.contracts.context;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an export of context is; a policy may forbid some of them. */
public enum ContextKind {
    /** A text that somebody wrote: a decision record, a guideline, a manual. */
    DOCUMENT,
    /** What people and assistants said to each other. */
    CONVERSATION,
    /** A fact or lesson that was distilled from others. */
    KNOWLEDGE,
    /** How something stood at a time: a repository, a release, an incident. */
    SNAPSHOT;

    /** As it is written, for example {@code document}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The keys of all kinds. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(ContextKind::key).toList();
    }

    /**
     * Reads a {@link #key()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ContextKind ofKey(String key) {
        for (ContextKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("a kind of context is one of " + keys());
    }
}
