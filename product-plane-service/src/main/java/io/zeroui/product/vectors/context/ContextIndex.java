package io.zeroui.product.vectors.context;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.product.tenants.TenantRegistry;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.text.DocumentId;
import io.zeroui.product.vectors.text.DocumentPayload;
import io.zeroui.product.vectors.text.Documents;
import io.zeroui.product.vectors.text.NewDocument;
import io.zeroui.product.vectors.text.embedding.EmbeddingProviders;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.streams.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what tenants export and withdraw. In whatever order, however often and however far it had come when something broke: an export is found
 * from when it is carried out until it is withdrawn, and of a withdrawn one no point stays.
 */
@ApplicationScoped
class ContextIndex {

    /** Member of the payloads that says which export a point is of. */
    static final String EXPORT = "context_export";

    private static final Logger LOG = Logger.getLogger(ContextIndex.class);
    private static final String KIND = "context_kind";
    private static final int SERVER_ERROR = 500;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;
    /** A re-embedding that copies from one collection to another may have copied what was being deleted; the second round finds it. */
    private static final List<Integer> ROUNDS = List.of(1, 2);

    private final ContextExportStore store;
    private final Documents documents;
    private final Collections collections;
    private final Points points;
    private final EmbeddingProviders providers;
    private final TenantRegistry registry;
    private final DatabaseSchema schema;
    private final ContextIndexConfig config;

    ContextIndex(ContextExportStore store, Documents documents, Collections collections, Points points, EmbeddingProviders providers,
            TenantRegistry registry, DatabaseSchema schema, ContextIndexConfig config) {
        this.store = store;
        this.documents = documents;
        this.collections = collections;
        this.points = points;
        this.providers = providers;
        this.registry = registry;
        this.schema = schema;
        this.config = config;
    }

    /** Which life of the database this is. */
    Uni<ContextExportStore.Life> life() {
        return schema.whenReady().chain(store::life);
    }

    /**
     * Carries a change out; the item comes when it is durable.
     *
     * @return what is to be said of it; fails with {@link TransientFailure} where it may be carried out later
     */
    Uni<ContextApplied.Item> apply(ContextChanged change) {
        TenantId tenant = TenantId.of(change.tenantId());
        return schema.whenReady()
                .chain(() -> registry.findState(tenant))
                .chain(state -> state.isEmpty() || state.get() == RegistryState.DELETED ? Uni.createFrom().item(said(change, "there is no such tenant"))
                        : carryOut(tenant, change))
                .ifNoItem().after(config.timeout()).fail()
                .onFailure(ContextIndex::isRefusal).recoverWithItem(refusal -> {
                    LOG.warnf("the export %s of %s is refused: %s", change.exportId(), tenant, refusal.getMessage());
                    return said(change, refusal.getMessage());
                })
                .onFailure(failure -> passes(failure) || change.export() == null)
                .transform(failure -> new TransientFailure("the export " + change.exportId() + " waits: " + failure, failure))
                .onFailure(failure -> !(failure instanceof TransientFailure)).recoverWithItem(failure -> {
                    LOG.errorf(failure, "the export %s of %s cannot be carried out", change.exportId(), tenant);
                    return said(change, "it cannot be carried out"); // dead letters would keep its text
                });
    }

    private static ContextApplied.Item said(ContextChanged change, @Nullable String refusal) {
        return new ContextApplied.Item(change.tenantId(), change.exportId(), change.version(), refusal);
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ProblemException problem && problem.status() < SERVER_ERROR && problem.status() != TOO_MANY;
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof ProblemException || failure instanceof TimeoutException || DatabaseFailures.isUnavailable(failure);
    }

    private Uni<ContextApplied.Item> carryOut(TenantId tenant, ContextChanged change) {
        ContextChanged.Export export = change.export();
        return export == null ? withdraw(tenant, change) : store.version(tenant, change.exportId())
                .chain(known -> switch (known) {
                    case ContextChanged.EXPORTED -> Uni.createFrom().item(said(change, null));
                    case ContextChanged.WITHDRAWN -> withdraw(tenant, change);
                    default -> keep(tenant, change, export);
                });
    }

    /** The version is noted behind the points: who withdraws meanwhile has noted his before he deletes, so one of the two sees the other. */
    private Uni<ContextApplied.Item> keep(TenantId tenant, ContextChanged change, ContextChanged.Export export) {
        CollectionName collection = CollectionName.of(config.collection());
        ObjectNode metadata = JsonNodeFactory.instance.objectNode().put(EXPORT, change.exportId().toString()).put(KIND, export.kind());
        return exists(tenant, collection)
                .chain(() -> documents.put(tenant, collection, document(change.exportId()),
                        NewDocument.of(export.title(), export.content(), export.tags(), export.exportedAt(), metadata)))
                .chain(() -> store.advance(tenant, change.exportId(), ContextChanged.EXPORTED))
                .chain(now -> now == ContextChanged.EXPORTED ? Uni.createFrom().item(said(change, null)) : withdraw(tenant, change));
    }

    private static DocumentId document(UUID exportId) {
        return new DocumentId("context/" + exportId);
    }

    private Uni<Void> exists(TenantId tenant, CollectionName collection) {
        return collections.exists(tenant, collection)
                .chain(is -> is ? Uni.createFrom().voidItem()
                        : collections.create(tenant, collection, CollectionSpec.of(providers.get(config.provider()).dimension(), Metric.COSINE))
                                .onFailure(failure -> hasStatus(failure, CONFLICT)).recoverWithNull()
                                .replaceWithVoid())
                .chain(() -> collections.get(tenant, collection))
                .chain(info -> info.spec().payloadIndexes().containsKey(EXPORT) ? Uni.createFrom().voidItem()
                        : collections.createPayloadIndex(tenant, collection, EXPORT, FieldType.KEYWORD));
    }

    private Uni<ContextApplied.Item> withdraw(TenantId tenant, ContextChanged change) {
        Filter member = Filter.must(new Condition.MatchAny(KeyPath.of(EXPORT), List.of(TextNode.valueOf(change.exportId().toString()))));
        List<Filter> mine = List.of(member, DocumentPayload.of(document(change.exportId()))); // each by itself: each has its index
        return store.advance(tenant, change.exportId(), ContextChanged.WITHDRAWN)
                .chain(() -> Multi.createFrom().iterable(ROUNDS)
                        .onItem().transformToUniAndConcatenate(round -> delete(tenant, mine.get(0)).chain(() -> delete(tenant, mine.get(1))))
                        .collect().last())
                .replaceWith(said(change, null));
    }

    /** From the collection of the exports, and from those that were made of it: they have its payload index. */
    private Uni<Long> delete(TenantId tenant, Filter mine) {
        return collections.get(tenant, CollectionName.of(config.collection())).map(CollectionInfo::id)
                .onFailure(failure -> hasStatus(failure, NOT_FOUND)).recoverWithItem(-1L)
                .chain(own -> collections.list(tenant).chain(all -> Multi.createFrom().iterable(all)
                        .filter(one -> one.id() == own || one.spec().payloadIndexes().containsKey(EXPORT))
                        .map(CollectionInfo::name)
                        .onItem().transformToUniAndConcatenate(name -> points.delete(tenant, name, new PointSelector.Matching(mine))
                                .onFailure(failure -> hasStatus(failure, NOT_FOUND)).recoverWithItem(0L))
                        .collect().with(Collectors.summingLong(Long::longValue))));
    }

    private static boolean hasStatus(Throwable failure, int status) {
        return failure instanceof ProblemException problem && problem.status() == status;
    }
}
