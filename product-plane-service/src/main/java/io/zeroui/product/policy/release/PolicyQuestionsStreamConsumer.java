package io.zeroui.product.policy.release;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.runtime.policy.PolicyEvents;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Answers the tenants' mirrors; of several questions of one the newest. */
@ApplicationScoped
class PolicyQuestionsStreamConsumer {

    private final SignedReleases releases;
    private final ReleaseNews news;

    PolicyQuestionsStreamConsumer(SignedReleases releases, ReleaseNews news) {
        this.releases = releases;
        this.news = news;
    }

    @Incoming("tenant-policy-questions")
    Uni<Void> consume(StreamBatch batch) {
        Map<TenantId, PolicyAsked> newest = new LinkedHashMap<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                PolicyAsked asked = PolicyEvents.readAsked(entry.event());
                newest.put(TenantId.of(asked.tenantId()), asked);
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return Multi.createFrom().iterable(newest.entrySet())
                .onItem().transformToUniAndConcatenate(one -> releases.answer(one.getKey(), one.getValue())
                        .chain(deliveries -> news.tell(one.getKey(), deliveries)))
                .collect().last().replaceWithVoid();
    }
}
