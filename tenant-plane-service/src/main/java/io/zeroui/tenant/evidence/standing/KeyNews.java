package io.zeroui.tenant.evidence.standing;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.KeysChanged;
import io.zeroui.contracts.events.KeysChanged.KeyStatement;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.streams.StreamPublisher;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells edges how keys stand. News that is lost is made good when the edge sends something that such a key signed: it is
 * refused here, and the edge is told again. So nothing is kept and nobody has to ask.
 */
@ApplicationScoped
public class KeyNews {

    private static final Logger LOG = Logger.getLogger(KeyNews.class);
    private static final int EDGES_MOST = 10_000;

    private final EmitterKeys keys;
    private final RegistryMirror registry;
    private final StreamPublisher publisher;
    private final EvidenceWorkers workers;
    private final Clock clock;
    /** Edges that are not enrolled, by what their streams' keys end in, with the tenant they sent for last. */
    private final Map<StreamScope, TenantId> strangers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamScope, TenantId> eldest) {
            return size() > EDGES_MOST;
        }
    };

    KeyNews(EmitterKeys keys, RegistryMirror registry, StreamPublisher publisher, EvidenceWorkers workers, Clock clock) {
        this.keys = keys;
        this.registry = registry;
        this.publisher = publisher;
        this.workers = workers;
        this.clock = clock;
    }

    /** Notes that an edge which nobody enrolled sends for a tenant. */
    public void seen(StreamScope edge, TenantId tenant) {
        if (edge.tenant() == null) {
            synchronized (strangers) {
                strangers.put(edge, tenant);
            }
        }
    }

    /** Tells one edge. Never fails. */
    public Uni<Void> tell(StreamScope edge, TenantId tenant, Collection<Kid> kids) {
        return workers.run(() -> events(tenant, kids))
                .chain(events -> events.isEmpty() ? Uni.createFrom().voidItem()
                        : publisher.publish(ChannelCatalogue.TENANT_KEYS, edge, events).replaceWithVoid())
                .onFailure().invoke(failure -> LOG.warnf("the edge %s is not told of keys of %s now: %s", edge, tenant, failure))
                .onFailure().recoverWithNull();
    }

    /** Tells all edges of a tenant. Never fails. */
    Uni<Void> tellAll(TenantId tenant, Collection<Kid> kids) {
        return Multi.createFrom().iterable(edges(tenant))
                .onItem().transformToUniAndConcatenate(edge -> tell(edge, tenant, kids))
                .collect().last()
                .replaceWithVoid();
    }

    private Set<StreamScope> edges(TenantId tenant) {
        Set<StreamScope> edges = new LinkedHashSet<>();
        registry.known().edges().forEach((edge, enrolment) -> {
            if (enrolment.tenant().equals(tenant) && enrolment.state() == RegistryState.ACTIVE) {
                edges.add(StreamScope.of(tenant).of(edge));
            }
        });
        synchronized (strangers) {
            strangers.forEach((edge, sendsFor) -> {
                if (sendsFor.equals(tenant)) {
                    edges.add(edge);
                }
            });
        }
        return edges;
    }

    private List<EventEnvelope> events(TenantId tenant, Collection<Kid> kids) {
        List<KeyStatement> said = new ArrayList<>();
        for (Kid kid : kids) {
            KeyDocument document = keys.standing(tenant, kid).document();
            if (document != null) {
                said.add(new KeyStatement(kid.value(), new String(KeyDocumentCodec.write(document), StandardCharsets.UTF_8).strip()));
            }
        }
        List<EventEnvelope> events = new ArrayList<>();
        for (int from = 0; from < said.size(); from += KeysChanged.MOST) {
            KeysChanged some = new KeysChanged(said.subList(from, Math.min(said.size(), from + KeysChanged.MOST)));
            events.add(EventEnvelope.of(EventEnvelope.KEYS_CHANGED, "urn:zeroui:plane:" + Plane.TENANT.key(), clock.instant(),
                    EventJson.write(some)));
        }
        return events;
    }
}
