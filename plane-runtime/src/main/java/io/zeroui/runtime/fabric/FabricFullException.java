package io.zeroui.runtime.fabric;

import org.jspecify.annotations.Nullable;

/** The disk, the quota or the largest size of a file is exhausted; worth trying again once there is room. */
public final class FabricFullException extends FabricException {

    private static final long serialVersionUID = 1L;

    FabricFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
