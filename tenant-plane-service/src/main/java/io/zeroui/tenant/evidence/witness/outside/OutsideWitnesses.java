package io.zeroui.tenant.evidence.witness.outside;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.tenant.evidence.witness.LogOffer;
import io.zeroui.tenant.evidence.witness.WitnessWorker;
import io.zeroui.tenant.evidence.witness.Witnessing;
import io.zeroui.tenant.evidence.witness.WitnessingConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.http.HttpClient;
import java.util.List;
import org.jboss.logging.Logger;

/** Asks the witnesses outside, each at its own pace: one that is slow delays no other, and nothing waits for any. */
@ApplicationScoped
class OutsideWitnesses {

    private static final Logger LOG = Logger.getLogger(OutsideWitnesses.class);
    private static final int AT_ONCE = 4;

    private final List<OutsideWitness> witnesses;
    private final Witnessing witnessing;
    private final WitnessingConfig config;
    private final WitnessWorker worker;

    /** @throws IllegalStateException when the setting names no witnesses */
    OutsideWitnesses(Witnessing witnessing, WitnessingConfig config, WitnessWorker worker) {
        this.witnessing = witnessing;
        this.config = config;
        this.worker = worker;
        HttpClient client = HttpClient.newBuilder().connectTimeout(config.timeout())
                .version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
        try {
            this.witnesses = OutsideWitness.parse(config.outside().orElse(""), client, config.timeout());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("ZEROUI_EVIDENCE_WITNESSES: " + e.getMessage(), e);
        }
    }

    void start(@Observes StartupEvent event) {
        witnesses.forEach(witness -> LOG.infof("the logs are offered to the witness %s", witness.name()));
    }

    @Scheduled(every = "${zeroui.evidence.witness.pause:PT1S}", concurrentExecution = Scheduled.ConcurrentExecution.PROCEED)
    Uni<Void> ask() {
        List<OutsideWitness> free = witnesses.stream().filter(OutsideWitness::enter).toList();
        return Multi.createFrom().iterable(free)
                .onItem().transformToUni(this::ask).merge(Math.max(1, free.size()))
                .collect().asList()
                .replaceWithVoid();
    }

    private Uni<Void> ask(OutsideWitness witness) {
        return worker.run(() -> witnessing.due(witness.name(), config.retryFirst()))
                .onItem().transformToMulti(offers -> Multi.createFrom().iterable(offers))
                .onItem().transformToUni(offer -> ask(witness, offer)).merge(AT_ONCE)
                .collect().asList()
                .onFailure().invoke(failure -> LOG.warnf("the witness %s: %s", witness.name(), failure))
                .onFailure().recoverWithNull()
                .onTermination().invoke(witness::leave)
                .replaceWithVoid();
    }

    private Uni<Void> ask(OutsideWitness witness, LogOffer offer) {
        return witness.ask(offer).chain(outcome -> worker.run(() -> {
            witnessing.take(offer.tenant(), witness.name(), outcome);
            return outcome;
        })).replaceWithVoid();
    }
}
