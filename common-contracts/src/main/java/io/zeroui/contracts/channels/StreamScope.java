package io.zeroui.contracts.channels;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;

/**
 * Which one of a channel's streams: the tenant's for which an edge is enrolled, or that of all edges that nobody enrolled,
 * and, of a channel with a stream per edge, whose.
 *
 * @param tenant for whom the edge is enrolled; null for edges that nobody enrolled
 * @param edge the edge; null where the channel has a stream per tenant
 */
public record StreamScope(@Nullable TenantId tenant, @Nullable EdgeId edge) {

    /** Stands in keys for the tenant of edges that nobody enrolled; no tenant id has this form. */
    private static final String NOBODY = "_";

    /** The stream of all edges that nobody enrolled. */
    public static final StreamScope UNENROLLED = new StreamScope(null, null);

    /** A tenant's stream. */
    public static StreamScope of(TenantId tenant) {
        return new StreamScope(tenant, null);
    }

    /** The stream of the edges with that enrolment. */
    public static StreamScope ofEnrolment(Optional<TenantId> tenant) {
        return tenant.map(StreamScope::of).orElse(UNENROLLED);
    }

    /** The stream of one edge with this enrolment. */
    public StreamScope of(EdgeId one) {
        return new StreamScope(tenant, one);
    }

    /** The end of the keys, for example {@code :acme:laptop-7} or {@code :_}. */
    String suffix() {
        String enrolment = ":" + (tenant == null ? NOBODY : tenant.value());
        return edge == null ? enrolment : enrolment + ":" + edge.value();
    }

    @Override
    public String toString() {
        return suffix().substring(1);
    }
}
