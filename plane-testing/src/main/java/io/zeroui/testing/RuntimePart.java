package io.zeroui.testing;

import java.util.Locale;

import io.zeroui.contracts.Plane;

/** One server of the runtime: a plane's PostgreSQL cluster or Redis. */
public enum RuntimePart {
    IDE,
    TENANT,
    PRODUCT,
    SHARED,
    REDIS;

    /** The part's name on the command line of {@code deploy/runtime/runtime.sh}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The PostgreSQL cluster of a plane. */
    public static RuntimePart of(Plane plane) {
        return valueOf(plane.name());
    }
}
