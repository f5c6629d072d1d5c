package io.zeroui.runtime.policy;

import java.io.IOException;
import java.util.Optional;

/** The root that everything begins with. It comes by another way than the policies. Blocking. */
public interface PolicyAnchor {

    /** The document; empty while there is none: then nothing is believed. */
    Optional<byte[]> read() throws IOException;
}
