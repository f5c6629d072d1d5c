package io.zeroui.shared.supplychain.attestation;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Judges attestations again after the trust root has changed. */
@ApplicationScoped
public class Reverification {

    private static final Logger LOG = Logger.getLogger(Reverification.class);
    private static final String BY = "zeroui:reverification";

    private final Attestations attestations;

    Reverification(Attestations attestations) {
        this.attestations = attestations;
    }

    /** Judges those that were not yet; what fails is tried again. */
    @Scheduled(every = "${zeroui.attestations.reverify.every:PT5S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> next() {
        return attestations.verifyStale(BY)
                .onFailure().invoke(cause -> LOG.debugf("attestations were not verified again: %s", cause.getMessage()))
                .onFailure().recoverWithNull();
    }
}
