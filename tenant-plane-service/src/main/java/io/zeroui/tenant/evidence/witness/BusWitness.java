package io.zeroui.tenant.evidence.witness;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Offers the logs' checkpoints to the witness in the product plane. An offer that is lost is made again. */
@ApplicationScoped
class BusWitness {

    private static final Logger LOG = Logger.getLogger(BusWitness.class);

    private final Witnessing witnessing;
    private final WitnessingConfig config;
    private final StreamPublisher publisher;
    private final LedgerFolders folders;
    private final WitnessWorker worker;
    private final Clock clock;

    BusWitness(Witnessing witnessing, WitnessingConfig config, StreamPublisher publisher, LedgerFolders folders,
            WitnessWorker worker, Clock clock) {
        this.witnessing = witnessing;
        this.config = config;
        this.publisher = publisher;
        this.folders = folders;
        this.worker = worker;
        this.clock = clock;
    }

    @Scheduled(every = "${zeroui.evidence.witness.pause:PT1S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> offer() {
        return worker.run(() -> witnessing.due(Witnessing.BUS, config.patience()))
                .chain(this::publish)
                .onFailure().invoke(failure -> LOG.debugf("checkpoints could not be offered: %s", failure))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> publish(List<LogOffer> offers) {
        return publisher.publish(ChannelCatalogue.TENANT_CHECKPOINTS, null, offers.stream().map(this::event).toList())
                .replaceWithVoid();
    }

    private EventEnvelope event(LogOffer offer) {
        CheckpointOffer payload = new CheckpointOffer(offer.tenant().value(), folders.region().value(),
                offer.logKey().format(), offer.request().oldSize(),
                offer.request().proof().stream().map(AddCheckpoint::base64).toList(),
                new String(offer.request().checkpoint().format(), StandardCharsets.UTF_8));
        return EventEnvelope.of(EventEnvelope.CHECKPOINT_OFFERED, "urn:zeroui:plane:" + Plane.TENANT.key(), clock.instant(),
                EventJson.write(payload));
    }
}
