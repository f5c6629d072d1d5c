package io.zeroui.product.policy.registry;

/** The files of the policies cannot be read or written now; what was asked for may have been done or not. */
public final class RegistryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RegistryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
