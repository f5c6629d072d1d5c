package io.zeroui.runtime.bodies;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the bodies of all requests but streams of receipts. */
@ConfigMapping(prefix = "zeroui.http.body")
public interface BodyConfig {

    /** Longest body, in bytes; a longer one is answered 413. Endpoints may allow less. */
    @WithDefault("10485760")
    long maxBytes();

    /** How long a body may take whatever its length. */
    @WithDefault("PT30S")
    Duration grace();

    /** How many bytes must come in each second after that, on the average; the connection of a slower one is closed. */
    @WithDefault("32768")
    long bytesPerSecond();

    /** Longest body that is not large, in bytes. Reading a large one may keep a thread. */
    @WithDefault("8192")
    int smallBytes();

    /** Large bodies of one tenant, or of one credential of the plane, that are read or answered at once; more are answered 503. */
    @WithDefault("48")
    int largePerCaller();

    /** The same over all callers; must leave threads to others. */
    @WithDefault("128")
    int large();
}
