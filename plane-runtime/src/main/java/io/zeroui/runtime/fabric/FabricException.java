package io.zeroui.runtime.fabric;

import org.jspecify.annotations.Nullable;

/** A file of the fabric could not be written; nothing that it was asked to keep may be acknowledged. */
public class FabricException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a cause: the fabric itself refused. */
    public FabricException(String message) {
        super(message);
    }

    /** With the failure of the file system. */
    public FabricException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
