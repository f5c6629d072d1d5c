package io.zeroui.contracts.access;

import java.util.Locale;
import java.util.Optional;

import io.zeroui.contracts.Plane;

/** Where an API key is of use: in one plane, or, for the administrator key of an installation, in all of them. */
public enum KeyScope {
    IDE,
    TENANT,
    PRODUCT,
    SHARED,
    ALL;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** As it is written in a key, for example {@code tenant}. */
    public String key() {
        return key;
    }

    /** The scope of one plane. */
    public static KeyScope of(Plane plane) {
        return valueOf(plane.name());
    }

    /** Whether a key of this scope may be used in that plane. */
    public boolean includes(Plane plane) {
        return this == ALL || this == of(plane);
    }

    /** The scope of that text; empty where there is none. */
    public static Optional<KeyScope> find(String key) {
        for (KeyScope scope : values()) {
            if (scope.key.equals(key)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
