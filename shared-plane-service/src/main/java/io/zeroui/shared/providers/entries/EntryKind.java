package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an entry is about. */
public enum EntryKind {
    /** Who offers models or tools. */
    PROVIDER,
    /** A model, or a tool of a provider of tools. */
    MODEL,
    /** What stands between a caller and a model. */
    ADAPTER;

    /** The name in documents and paths, for example {@code model}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EntryKind ofKey(String key) {
        for (EntryKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("kind must be provider, model or adapter");
    }
}
