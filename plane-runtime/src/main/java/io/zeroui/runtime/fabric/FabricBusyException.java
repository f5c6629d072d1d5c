package io.zeroui.runtime.fabric;

/** More is waiting for the disk than the queue may hold; nothing was written, worth trying again shortly. */
public final class FabricBusyException extends FabricException {

    private static final long serialVersionUID = 1L;

    FabricBusyException(String message) {
        super(message);
    }
}
