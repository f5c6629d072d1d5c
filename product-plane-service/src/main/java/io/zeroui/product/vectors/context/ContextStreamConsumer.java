package io.zeroui.product.vectors.context;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.runtime.streams.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Carries out exports and withdrawals, those of a tenant one after the other and some tenants at once, and tells the tenant plane of each at once.
 * Withdrawals come first: they take moments, and what waits behind them is perhaps not to be made any more. What cannot be carried out now is not
 * answered and holds up nobody: the tenant plane sends it again.
 */
@ApplicationScoped
class ContextStreamConsumer {

    private static final Logger LOG = Logger.getLogger(ContextStreamConsumer.class);
    private static final int TENANTS_AT_ONCE = 8;

    private final ContextIndex index;
    private final ContextAnswers answers;
    private final ContextIndexConfig config;

    ContextStreamConsumer(ContextIndex index, ContextAnswers answers, ContextIndexConfig config) {
        this.index = index;
        this.answers = answers;
        this.config = config;
    }

    @Incoming("tenant-context")
    Uni<Void> consume(StreamBatch batch) {
        List<ContextChanged> changes = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                changes.add(read(entry.event()));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        changes.sort(Comparator.comparingInt(ContextChanged::version).reversed());
        Map<String, List<ContextChanged>> byTenant = changes.stream().collect(Collectors.groupingBy(ContextChanged::tenantId));
        return answers.begin()
                .onItem().transformToMulti(begun -> Multi.createFrom().iterable(byTenant.values()))
                .onItem().transformToUni(this::carryOut).collectFailures().merge(TENANTS_AT_ONCE)
                .collect().last();
    }

    private Uni<Void> carryOut(List<ContextChanged> changes) {
        return Multi.createFrom().iterable(changes)
                .onItem().transformToUniAndConcatenate(change -> index.apply(change).chain(applied -> answers.say(List.of(applied)))
                        .onFailure(TransientFailure.class).recoverWithUni(failure -> later(change, failure)))
                .collect().last();
    }

    /** Where the database answers, this change alone waits: the tenant plane sends it again. Else everything waits. */
    private Uni<Void> later(ContextChanged change, Throwable failure) {
        return index.life()
                .onFailure().transform(gone -> failure)
                .invoke(life -> LOG.warnf("the export %s of %s is left to be sent again: %s", change.exportId(), change.tenantId(), failure.getMessage()))
                .replaceWithVoid();
    }

    private ContextChanged read(EventEnvelope event) {
        if (!EventEnvelope.CONTEXT_CHANGED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        if (event.data().length > config.eventBytes()) {
            throw new InvalidEvent("a change of context of " + event.data().length + " bytes is larger than " + config.eventBytes());
        }
        ContextChanged change = payload(event.data());
        if (!TenantId.of(change.tenantId()).value().equals(change.tenantId())) {
            throw new InvalidEvent("a change of context of no tenant");
        }
        return change;
    }

    /** The reason is logged and kept: it must not quote what may be a tenant's text. */
    private static ContextChanged payload(byte[] data) {
        try {
            return EventJson.read(data, ContextChanged.class);
        } catch (InvalidEvent quoting) {
            throw new InvalidEvent("not a change of context");
        }
    }
}
