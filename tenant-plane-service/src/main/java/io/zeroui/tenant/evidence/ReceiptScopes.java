package io.zeroui.tenant.evidence;

import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.streams.ChannelScopes;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The streams by which receipts come: one of each tenant that the registry knows, suspended and deleted ones too, so that what
 * they send is refused rather than left lying, and the one of the edges that nobody enrolled.
 */
@ApplicationScoped
class ReceiptScopes implements ChannelScopes {

    private record Known(Map<TenantId, RegistryState> tenants, Set<StreamScope> scopes) {
    }

    private final RegistryMirror registry;
    private volatile Known last = new Known(Map.of(), Set.of(StreamScope.UNENROLLED));

    ReceiptScopes(RegistryMirror registry) {
        this.registry = registry;
    }

    @Override
    public Channel channel() {
        return ChannelCatalogue.IDE_RECEIPTS;
    }

    @Override
    public Set<StreamScope> scopes() {
        Map<TenantId, RegistryState> tenants = registry.known().tenants();
        Known known = last;
        if (known.tenants() != tenants) {
            known = new Known(tenants, known.tenants().keySet().equals(tenants.keySet()) ? known.scopes() : of(tenants.keySet()));
            last = known;
        }
        return known.scopes();
    }

    private static Set<StreamScope> of(Set<TenantId> tenants) {
        return Stream.concat(Stream.of(StreamScope.UNENROLLED), tenants.stream().map(StreamScope::of))
                .collect(Collectors.toUnmodifiableSet());
    }
}
