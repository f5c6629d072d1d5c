package io.zeroui.tenant.registry;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.events.RegisteredEdge;
import io.zeroui.contracts.events.RegisteredKey;
import io.zeroui.contracts.events.RegisteredTenant;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears what the registry announces. */
@ApplicationScoped
class TenantsStreamConsumer {

    private final RegistryMirror mirror;
    private final DatabaseSchema schema;

    TenantsStreamConsumer(RegistryMirror mirror, DatabaseSchema schema) {
        this.mirror = mirror;
        this.schema = schema;
    }

    @Incoming("product-tenants")
    Uni<Void> consume(StreamBatch batch) {
        List<TenantsChanged> changes = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                changes.add(read(entry.event()));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return schema.whenReady()
                .chain(version -> Multi.createFrom().iterable(changes)
                        .onItem().transformToUniAndConcatenate(mirror::apply)
                        .collect().asList())
                .replaceWithVoid();
    }

    private static TenantsChanged read(EventEnvelope event) {
        if (!EventEnvelope.TENANTS_CHANGED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        TenantsChanged change = EventJson.read(event.data(), TenantsChanged.class);
        if (change.epoch() == null || change.epoch().isEmpty()) {
            throw new InvalidEvent("an announcement without its registry's epoch");
        }
        change.tenants().forEach(TenantsStreamConsumer::check);
        change.edges().forEach(TenantsStreamConsumer::check);
        change.keys().forEach(key -> check(key, change.epoch()));
        return change;
    }

    private static void check(RegisteredTenant tenant) {
        if (tenant.state() == null || tenant.region() == null
                || !TenantId.of(String.valueOf(tenant.tenantId())).value().equals(tenant.tenantId())) {
            throw new InvalidEvent("a tenant without id, state or region");
        }
    }

    private static void check(RegisteredKey key, String epoch) {
        if (!key.tenant().value().equals(key.tenantId()) || !key.document(epoch).kid().value().equals(key.kid())) {
            throw new InvalidEvent("a key without tenant or id");
        }
    }

    private static void check(RegisteredEdge edge) {
        if (edge.state() == null || !EdgeId.of(String.valueOf(edge.edgeId())).value().equals(edge.edgeId())
                || !TenantId.of(String.valueOf(edge.tenantId())).value().equals(edge.tenantId())) {
            throw new InvalidEvent("an edge without id, state or tenant");
        }
    }
}
