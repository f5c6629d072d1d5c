package io.zeroui.runtime.policy;

import io.zeroui.contracts.policy.delivery.PolicyLibrary;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import java.io.IOException;
import java.time.Instant;

/** Hears of a mirror's releases while nobody else can have them yet. Its failures are the mirror's: nothing happens without it. */
public interface ReleaseObserver {

    /** Hears and does nothing. */
    ReleaseObserver NOBODY = new ReleaseObserver() {
        @Override
        public void found(PolicyTrust active, PolicyLibrary snapshots) {
            // nobody wants to know
        }

        @Override
        public void releasing(PolicyTrust next, Instant now, PolicyLibrary snapshots) {
            // nobody wants to know
        }
    };

    /**
     * A release is active that was written before the mirror was opened.
     *
     * @param active what is active, complete
     * @param snapshots of its policies
     */
    void found(PolicyTrust active, PolicyLibrary snapshots) throws IOException;

    /**
     * A release is about to be written; when the process dies now, it may come again, or never.
     *
     * @param next what will be active, complete
     * @param now by the mirror's clock
     * @param snapshots of its policies
     */
    void releasing(PolicyTrust next, Instant now, PolicyLibrary snapshots) throws IOException;
}
