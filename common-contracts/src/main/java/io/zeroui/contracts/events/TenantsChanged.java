package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the tenant registry changed between two of its versions: whole entries, never differences, so that applying one
 * twice or late does no harm. Who knows version {@code from} or more knows {@code to} afterwards; who knows less asks.
 *
 * @param epoch which registry: another one starts from nothing
 * @param from version before; 0 for all there is
 * @param to version after; equal to {@code from} where nothing changed
 * @param askedAt the time in the question that this answers; null where nobody asked
 * @param tenants tenants whose version is within
 * @param edges edges whose version is within
 * @param keys keys whose version is within; none in events of before keys
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.TENANT_REGISTRY)
@EventType(EventEnvelope.TENANTS_CHANGED)
public record TenantsChanged(String epoch, long from, long to, @Nullable Instant askedAt, List<RegisteredTenant> tenants,
        List<RegisteredEdge> edges, @Carries(DataClass.POLICY) @Nullable List<RegisteredKey> keys) {

    public TenantsChanged {
        if (from < 0 || to < from) {
            throw new InvalidEvent("registry versions " + from + " to " + to);
        }
        tenants = List.copyOf(tenants);
        edges = List.copyOf(edges);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** A change that touches no key. */
    public TenantsChanged(String epoch, long from, long to, @Nullable Instant askedAt, List<RegisteredTenant> tenants,
            List<RegisteredEdge> edges) {
        this(epoch, from, to, askedAt, tenants, edges, List.of());
    }

    /** Keys whose version is within. */
    @Override
    public List<RegisteredKey> keys() {
        return keys == null ? List.of() : keys;
    }
}
