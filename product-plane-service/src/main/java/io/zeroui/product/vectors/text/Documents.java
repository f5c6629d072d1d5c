package io.zeroui.product.vectors.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.PointPage;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.StoredPoint;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.text.DocumentPayload.Written;
import io.zeroui.product.vectors.text.chunking.Chunk;
import io.zeroui.product.vectors.text.chunking.Chunker;
import io.zeroui.product.vectors.text.embedding.EmbeddingProvider;
import io.zeroui.product.vectors.text.embedding.EmbeddingProviders;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Documents of tenants' collections. A document is written whole or not at all; of two writings of one the later stays, and while it takes the
 * place of the earlier one both may be found for a moment. A text that the collection has is not embedded again.
 */
@ApplicationScoped
public class Documents {

    private static final int PAGE = 500;
    /** Of all vectors of a document: they are written all at once. */
    private static final int COMPONENTS_MOST = 4_000_000;
    /** Of all vectors of a page. */
    private static final int PAGE_COMPONENTS = 400_000;
    /** Versions of one millisecond. */
    private static final int SAME_MILLISECOND = 4_096;

    private final Collections collections;
    private final Points points;
    private final CollectionProviders providers;
    private final DocumentsConfig config;
    private final Clock clock;

    Documents(Collections collections, Points points, CollectionProviders providers, DocumentsConfig config, Clock clock) {
        this.collections = collections;
        this.points = points;
        this.providers = providers;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A page of documents.
     *
     * @param next where the next page begins; null at the end
     */
    public record Page(List<DocumentView> items, @Nullable PointId next) {
    }

    /**
     * Writes a document in the place of what had its id. The same again changes nothing.
     *
     * @return fails with 404 where there is no such collection, 400 where no provider fits it, 413 for too many chunks, 502 and 503 as
     *         {@link EmbeddingProvider#embed}
     */
    public Uni<DocumentView> put(TenantId tenant, CollectionName collection, DocumentId id, NewDocument document) {
        return collections.get(tenant, collection)
                .call(info -> index(tenant, info))
                .chain(info -> providers.of(tenant, info, document.provider()).chain(provider -> put(tenant, info, id, document, provider)));
    }

    private Uni<DocumentView> put(TenantId tenant, CollectionInfo collection, DocumentId id, NewDocument document, EmbeddingProvider provider) {
        CollectionName name = collection.name();
        return points.scroll(tenant, name, DocumentPayload.of(id).and(DocumentPayload.firstChunks()), null, PAGE, Returning.PAYLOAD)
                .map(Documents::newest)
                .chain(known -> aside(() -> written(id, document, provider, known)))
                .chain(written -> isThere(written)
                        ? deleteOlder(tenant, name, written).chain(() -> view(tenant, name, id))
                        : write(tenant, name, written, provider));
    }

    /** What is known of a document: its newest version's first chunk. */
    private static @Nullable ObjectNode newest(PointPage first) {
        return first.points().stream().map(StoredPoint::payload).filter(Objects::nonNull)
                .max(Comparator.comparingLong(DocumentPayload::versionOf)).orElse(null);
    }

    private static boolean isThere(Written written) {
        return written.chunks().isEmpty();
    }

    /** The document cut into chunks; without chunks where it is there already. */
    private Written written(DocumentId id, NewDocument document, EmbeddingProvider provider, @Nullable ObjectNode known) {
        String model = provider.model();
        String hash = DocumentPayload.documentHash(document, model);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant created = document.createdAt() == null ? now : document.createdAt();
        if (known != null && DocumentPayload.hashOf(known).equals(hash)) {
            return new Written(id, document, DocumentPayload.versionOf(known), model, hash, created, List.of());
        }
        List<Chunk> chunks = Chunker.chunks(document.content(), document.size());
        int most = Math.min(config.chunksMost(), COMPONENTS_MOST / provider.dimension());
        if (chunks.size() > most) {
            throw VectorProblem.tooLarge("content", "makes " + chunks.size() + " chunks, and a document may have " + most + " here");
        }
        long version = now.toEpochMilli() * SAME_MILLISECOND + ThreadLocalRandom.current().nextInt(SAME_MILLISECOND);
        long later = known == null ? version : Math.max(version, DocumentPayload.versionOf(known) + 1);
        return new Written(id, document, later, model, hash, created, chunks);
    }

    private Uni<DocumentView> write(TenantId tenant, CollectionName collection, Written written, EmbeddingProvider provider) {
        Map<String, String> texts = new LinkedHashMap<>();
        written.chunks().forEach(chunk -> texts.put(DocumentPayload.contentHash(chunk.text()), chunk.text()));
        return vectors(tenant, collection, texts, provider)
                .call(made -> points.upsert(tenant, collection, made.points(written)))
                .call(() -> deleteOlder(tenant, collection, written))
                .call(() -> giveWay(tenant, collection, written))
                .map(made -> DocumentPayload.view(written.payload(written.chunks().get(0)), null, made.embedded()));
    }

    private Uni<Long> deleteOlder(TenantId tenant, CollectionName collection, Written written) {
        return points.delete(tenant, collection, new PointSelector.Matching(DocumentPayload.versions(written.id(), null, written.version())));
    }

    /** Whoever wrote later has taken away what was there when he had written; what comes after that goes by itself. */
    private Uni<Long> giveWay(TenantId tenant, CollectionName collection, Written written) {
        return points.scroll(tenant, collection, DocumentPayload.versions(written.id(), written.version(), null), null, 1, Returning.NOTHING)
                .chain(later -> later.points().isEmpty() ? Uni.createFrom().item(0L)
                        : points.delete(tenant, collection,
                                new PointSelector.Matching(DocumentPayload.version(written.id(), written.version()))));
    }

    /** Vectors by the hash of their text, and how many of them were not there. */
    private record Made(Map<String, float[]> byHash, int embedded) {

        List<Point> points(Written written) {
            return written.chunks().stream().map(chunk -> new Point(written.pointId(chunk),
                    Objects.requireNonNull(byHash.get(DocumentPayload.contentHash(chunk.text()))), written.payload(chunk))).toList();
        }
    }

    private Uni<Made> vectors(TenantId tenant, CollectionName collection, Map<String, String> texts, EmbeddingProvider provider) {
        return known(tenant, collection, texts.keySet(), provider, new HashMap<>(), null)
                .chain(known -> {
                    List<String> missing = texts.keySet().stream().filter(hash -> !known.containsKey(hash)).toList();
                    return EmbeddingProviders.embedAll(tenant, provider, missing.stream().map(hash -> Objects.requireNonNull(texts.get(hash))).toList())
                            .map(made -> {
                                Map<String, float[]> all = new HashMap<>(known);
                                for (int i = 0; i < made.size(); i++) {
                                    all.put(missing.get(i), made.get(i));
                                }
                                return new Made(all, missing.size());
                            });
                });
    }

    private Uni<Map<String, float[]>> known(TenantId tenant, CollectionName collection, Set<String> hashes, EmbeddingProvider provider,
            Map<String, float[]> found, @Nullable PointId from) {
        int page = Math.max(1, Math.min(PAGE, PAGE_COMPONENTS / provider.dimension()));
        return points.scroll(tenant, collection, DocumentPayload.texts(hashes, provider.model()), from, page, Returning.EVERYTHING)
                .chain(some -> {
                    for (StoredPoint point : some.points()) {
                        ObjectNode payload = point.payload();
                        float[] vector = point.vector();
                        if (payload != null && vector != null) {
                            found.put(payload.path(DocumentPayload.CONTENT_HASH).asText(), vector);
                        }
                    }
                    return some.next() == null || found.size() == hashes.size() ? Uni.createFrom().item(found)
                            : known(tenant, collection, hashes, provider, found, some.next());
                });
    }

    /** A document with its text; fails with 404 where there is none. */
    public Uni<DocumentView> get(TenantId tenant, CollectionName collection, DocumentId id) {
        return chunks(tenant, collection, id, new ArrayList<>(), null)
                .chain(found -> aside(() -> whole(found)));
    }

    private Uni<DocumentView> view(TenantId tenant, CollectionName collection, DocumentId id) {
        return get(tenant, collection, id).map(whole -> new DocumentView(whole.documentId(), whole.documentTitle(), whole.fileType(), whole.tags(),
                whole.createdAt(), whole.chunks(), whole.embeddingModel(), whole.metadata(), 0, null));
    }

    private Uni<List<ObjectNode>> chunks(TenantId tenant, CollectionName collection, DocumentId id, List<ObjectNode> found,
            @Nullable PointId from) {
        return points.scroll(tenant, collection, DocumentPayload.of(id), from, PAGE, Returning.PAYLOAD).chain(page -> {
            page.points().stream().map(StoredPoint::payload).filter(Objects::nonNull).forEach(found::add);
            return page.next() == null ? Uni.createFrom().item(found) : chunks(tenant, collection, id, found, page.next());
        });
    }

    /** Chunks overlap: each goes on where the one before ends. */
    private static DocumentView whole(List<ObjectNode> found) {
        long newest = found.stream().mapToLong(DocumentPayload::versionOf).max().orElseThrow(() -> VectorProblem.missing("document"));
        List<ObjectNode> chunks = found.stream().filter(chunk -> DocumentPayload.versionOf(chunk) == newest)
                .sorted(Comparator.comparingInt(DocumentPayload::startOf)).toList();
        StringBuilder text = new StringBuilder();
        for (ObjectNode chunk : chunks) {
            String own = chunk.path(DocumentPayload.CONTENT).asText();
            int known = Math.min(own.length(), Math.max(0, text.length() - DocumentPayload.startOf(chunk)));
            text.append(own, known, own.length());
        }
        return DocumentPayload.view(chunks.get(0), text.toString(), -1);
    }

    /** Documents without their texts. */
    public Uni<Page> list(TenantId tenant, CollectionName collection, @Nullable PointId from, int limit) {
        return points.scroll(tenant, collection, DocumentPayload.firstChunks(), from, limit, Returning.PAYLOAD)
                .map(page -> new Page(page.points().stream().map(StoredPoint::payload).filter(Objects::nonNull)
                        .map(payload -> DocumentPayload.view(payload, null, -1)).toList(), page.next()));
    }

    /** Deletes a document; false where there is none. */
    public Uni<Boolean> delete(TenantId tenant, CollectionName collection, DocumentId id) {
        return points.delete(tenant, collection, new PointSelector.Matching(DocumentPayload.of(id))).map(deleted -> deleted > 0);
    }

    /** Indexes what documents are found by, once; a field that is indexed as something else stays so. */
    private Uni<Void> index(TenantId tenant, CollectionInfo collection) {
        return Multi.createFrom().iterable(DocumentPayload.indexes().entrySet())
                .filter(one -> !collection.spec().payloadIndexes().containsKey(one.getKey()))
                .onItem().transformToUniAndConcatenate(one -> collections.createPayloadIndex(tenant, collection.name(), one.getKey(), one.getValue())
                        .onFailure(ProblemException.class).recoverWithNull())
                .collect().last()
                .replaceWithVoid();
    }

    private static <T> Uni<T> aside(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
