package io.zeroui.runtime.policy.bundles;

/** A bundle that would be larger than bundles may be. */
final class BundleTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BundleTooLarge(long maxBytes) {
        super("The bundle would have more than " + maxBytes + " bytes; the policies can be fetched one by one", null, false, false);
    }
}
