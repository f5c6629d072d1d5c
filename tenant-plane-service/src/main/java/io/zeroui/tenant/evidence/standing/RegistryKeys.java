package io.zeroui.tenant.evidence.standing;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.RegisteredKey;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.registry.KeyStatements;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what the registry says of keys into the tenants' trust folders, and makes it felt at once. */
@ApplicationScoped
class RegistryKeys implements KeyStatements {

    private final EmitterKeys keys;
    private final KeyWatch watch;
    private final KeyNews news;
    private final EvidenceWorkers workers;

    RegistryKeys(EmitterKeys keys, KeyWatch watch, KeyNews news, EvidenceWorkers workers) {
        this.keys = keys;
        this.watch = watch;
        this.news = news;
        this.workers = workers;
    }

    @Override
    public Uni<Void> apply(String epoch, List<RegisteredKey> said) {
        return said.isEmpty() ? Uni.createFrom().voidItem()
                : workers.run(() -> write(epoch, said))
                        .chain(written -> Multi.createFrom().iterable(written.entrySet())
                                .onItem().transformToUniAndConcatenate(of -> felt(of.getKey(), of.getValue()))
                                .collect().last())
                        .replaceWithVoid();
    }

    private Uni<Void> felt(TenantId tenant, Set<Kid> kids) {
        return watch.changed(tenant).chain(() -> news.tellAll(tenant, kids));
    }

    private Map<TenantId, Set<Kid>> write(String epoch, List<RegisteredKey> said) throws IOException {
        Map<TenantId, Set<Kid>> written = new LinkedHashMap<>();
        for (RegisteredKey one : said) {
            if (keys.state(one.tenant(), one.document(epoch), one.key())) {
                written.computeIfAbsent(one.tenant(), tenant -> new LinkedHashSet<>()).add(Kid.of(one.kid()));
            }
        }
        return written;
    }
}
