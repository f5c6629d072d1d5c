package io.zeroui.product.vectors.text.reembedding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.PointPage;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.text.DocumentPayload;
import io.zeroui.product.vectors.text.embedding.EmbeddingProvider;
import io.zeroui.product.vectors.text.embedding.EmbeddingProviders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One step of a re-embedding: a page of the source is brought to the target as far as it is not there, and what the source has lost meanwhile is
 * taken from the target again. The same step twice ends as once.
 */
@ApplicationScoped
class ReembeddingStep {

    private final Points points;
    private final EmbeddingProviders providers;
    private final ReembeddingConfig config;

    ReembeddingStep(Points points, EmbeddingProviders providers, ReembeddingConfig config) {
        this.points = points;
        this.providers = providers;
        this.config = config;
    }

    /** What a step did. */
    private record Written(long written, long embedded) {
    }

    /** The job after one page; its next point is null behind the last page. */
    Uni<Reembedding> copy(TenantId tenant, Reembedding job) {
        CollectionName source = CollectionName.of(job.source());
        CollectionName target = CollectionName.of(job.target());
        EmbeddingProvider provider = providers.get(job.provider());
        return points.scroll(tenant, source, Filter.EVERY, job.nextPoint(), config.stepPoints(), Returning.PAYLOAD)
                .chain(page -> missing(tenant, target, page, provider)
                        .chain(missing -> write(tenant, source, target, missing, provider))
                        .chain(written -> {
                            List<PointId> without = page.points().stream().filter(point -> text(point).isEmpty()).map(StoredPoint::id).toList();
                            return delete(tenant, target, without).map(gone -> job.after(page.next(), page.points().size(),
                                    written.written() + gone, written.embedded(), without.size()));
                        }));
    }

    private Uni<Long> delete(TenantId tenant, CollectionName target, List<PointId> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(0L) : points.delete(tenant, target, new PointSelector.Ids(ids));
    }

    private static String text(StoredPoint point) {
        ObjectNode payload = point.payload();
        return payload == null ? "" : payload.path(DocumentPayload.CONTENT).asText("").strip();
    }

    /** The payload as the target has it. */
    private static ObjectNode payload(StoredPoint point, EmbeddingProvider provider) {
        return Objects.requireNonNull(point.payload()).deepCopy().put(DocumentPayload.MODEL, provider.model());
    }

    private Uni<List<StoredPoint>> missing(TenantId tenant, CollectionName target, PointPage page, EmbeddingProvider provider) {
        List<StoredPoint> texts = page.points().stream().filter(point -> !text(point).isEmpty()).toList();
        if (texts.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return points.get(tenant, target, texts.stream().map(StoredPoint::id).toList(), Returning.PAYLOAD).map(there -> {
            Map<PointId, ObjectNode> known = new HashMap<>();
            there.forEach(point -> known.put(point.id(), Objects.requireNonNull(point.payload())));
            return texts.stream().filter(point -> !payload(point, provider).equals(known.get(point.id()))).toList();
        });
    }

    /** What was deleted from the source between the reading and the writing must not stay in the target. */
    private Uni<Written> write(TenantId tenant, CollectionName source, CollectionName target, List<StoredPoint> missing, EmbeddingProvider provider) {
        if (missing.isEmpty()) {
            return Uni.createFrom().item(new Written(0, 0));
        }
        List<String> texts = missing.stream().map(ReembeddingStep::text).distinct().toList();
        return EmbeddingProviders.embedAll(tenant, provider, texts)
                .map(vectors -> points(missing, texts, vectors, provider))
                .chain(made -> points.upsert(tenant, target, made))
                .chain(() -> prune(tenant, source, target, missing.stream().map(StoredPoint::id).toList()))
                .map(pruned -> new Written(missing.size(), texts.size()));
    }

    private static List<Point> points(List<StoredPoint> missing, List<String> texts, List<float[]> vectors, EmbeddingProvider provider) {
        Map<String, float[]> byText = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.put(texts.get(i), vectors.get(i));
        }
        return missing.stream().map(point -> new Point(point.id(), Objects.requireNonNull(byText.get(text(point))), payload(point, provider))).toList();
    }

    /** Takes those of these points from the target that the source has not; how many. */
    private Uni<Long> prune(TenantId tenant, CollectionName source, CollectionName target, List<PointId> ids) {
        return points.get(tenant, source, ids, Returning.NOTHING).chain(there -> {
            Set<PointId> known = there.stream().map(StoredPoint::id).collect(Collectors.toSet());
            List<PointId> gone = new ArrayList<>(ids);
            gone.removeIf(known::contains);
            return delete(tenant, target, gone);
        });
    }

    /** Takes everything from the target that the source has not, page by page; how many. Only while nobody writes to the target but the job. */
    Uni<Long> prune(TenantId tenant, Reembedding job) {
        return prune(tenant, CollectionName.of(job.source()), CollectionName.of(job.target()), null, 0);
    }

    private Uni<Long> prune(TenantId tenant, CollectionName source, CollectionName target, @Nullable PointId from, long before) {
        return points.scroll(tenant, target, Filter.EVERY, from, 1_000, Returning.NOTHING).chain(page -> {
            List<PointId> ids = page.points().stream().map(StoredPoint::id).toList();
            return (ids.isEmpty() ? Uni.createFrom().item(0L) : prune(tenant, source, target, ids))
                    .chain(gone -> page.next() == null ? Uni.createFrom().item(before + gone)
                            : prune(tenant, source, target, page.next(), before + gone));
        });
    }
}
