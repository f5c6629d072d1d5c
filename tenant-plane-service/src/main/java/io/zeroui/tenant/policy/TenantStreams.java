package io.zeroui.tenant.policy;

import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.streams.ChannelScopes;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The streams by which policies come and are asked for: one of each tenant that is not deleted, and those of nobody's edges. */
final class TenantStreams {

    private final RegistryMirror registry;
    private final Set<StreamScope> always;
    private volatile Known last = new Known(Map.of(), Set.of());

    private record Known(Map<TenantId, RegistryState> tenants, Set<StreamScope> scopes) {
    }

    private TenantStreams(RegistryMirror registry, Set<StreamScope> always) {
        this.registry = registry;
        this.always = always;
    }

    private Set<StreamScope> scopes() {
        Map<TenantId, RegistryState> tenants = registry.known().tenants();
        Known known = last;
        if (known.tenants() != tenants || known.scopes().isEmpty()) {
            Set<StreamScope> scopes = new LinkedHashSet<>(always);
            tenants.forEach((tenant, state) -> {
                if (state != RegistryState.DELETED) {
                    scopes.add(StreamScope.of(tenant));
                }
            });
            known = new Known(tenants, known.scopes().equals(scopes) ? known.scopes() : Set.copyOf(scopes));
            last = known;
        }
        return known.scopes();
    }

    /** Those of {@code product-policy}. */
    @ApplicationScoped
    static class Policies implements ChannelScopes {

        private final TenantStreams streams;

        Policies(RegistryMirror registry, PolicyMirrorConfig config) {
            this.streams = new TenantStreams(registry, Set.of(StreamScope.of(TenantId.of(config.unenrolledTenant()))));
        }

        @Override
        public Channel channel() {
            return ChannelCatalogue.PRODUCT_POLICY;
        }

        @Override
        public Set<StreamScope> scopes() {
            return streams.scopes();
        }
    }

    /** Those of {@code ide-policy-questions}. */
    @ApplicationScoped
    static class Questions implements ChannelScopes {

        private final TenantStreams streams;

        Questions(RegistryMirror registry) {
            this.streams = new TenantStreams(registry, Set.of(StreamScope.UNENROLLED));
        }

        @Override
        public Channel channel() {
            return ChannelCatalogue.IDE_POLICY_QUESTIONS;
        }

        @Override
        public Set<StreamScope> scopes() {
            return streams.scopes();
        }
    }
}
