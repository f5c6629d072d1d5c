package io.zeroui.product.vectors.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables {@code app.vector_collections}, {@code app.vector_aliases} and {@code app.vector_payload_indexes}. */
@ApplicationScoped
public class CollectionStore {

    /** One at a time gives names to a tenant's collections and aliases. */
    private static final String LOCK_NAMES = "SELECT pg_advisory_xact_lock(hashtextextended($1, 4116))";

    /** Waits for those who write to a collection: they must know what is changed here. */
    private static final String ALONE = "SELECT set_config('lock_timeout', '5s', true), pg_advisory_xact_lock(hashint8extended($1, 4117))";

    /** Which collection a name means: a collection's own, or an alias. */
    private static final String RESOLVED = """
            COALESCE((SELECT a.collection_id FROM app.vector_aliases AS a WHERE a.tenant_id = $1 AND a.alias = $2),
                     (SELECT n.collection_id FROM app.vector_collections AS n WHERE n.tenant_id = $1 AND n.name = $2))
            """;

    private static final String COLUMNS = """
            SELECT c.collection_id, c.name, c.dimension, c.metric, c.index_kind, c.m, c.ef_construction, c.lists, c.payload_schema::text,
                   c.revision, c.placement, c.source, c.is_indexed, c.created_at,
                   i.index_id, i.path, i.type, i.is_ready
            FROM app.vector_collections AS c
            LEFT JOIN app.vector_payload_indexes AS i ON i.tenant_id = c.tenant_id AND i.collection_id = c.collection_id
            WHERE c.tenant_id = $1
            """;

    private static final String FIND = COLUMNS + " AND c.collection_id = " + RESOLVED + " ORDER BY i.path";

    private static final String LIST = COLUMNS + " ORDER BY c.name, i.path";

    /** What the name means now, and how it is; what comes after it in the transaction may take so many milliseconds. */
    static final String REVISION = "SELECT c.collection_id, c.revision, set_config('statement_timeout', $3, true) FROM app.vector_collections AS c WHERE c.tenant_id = $1"
            + " AND c.collection_id = " + RESOLVED;

    private static final String TAKEN = """
            SELECT (SELECT count(*) FROM app.vector_collections WHERE tenant_id = $1) AS collections,
                   EXISTS (SELECT FROM app.vector_collections WHERE tenant_id = $1 AND name = $2)
                OR EXISTS (SELECT FROM app.vector_aliases WHERE tenant_id = $1 AND alias = $2) AS taken,
                   EXISTS (SELECT FROM app.vector_seeds_deleted WHERE tenant_id = $1 AND name = $2) AS deleted
            """;

    private static final String INSERT = """
            INSERT INTO app.vector_collections (tenant_id, name, dimension, metric, index_kind, m, ef_construction, lists, payload_schema)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)
            RETURNING collection_id
            """;

    private static final String INSERT_INDEX = """
            INSERT INTO app.vector_payload_indexes (tenant_id, collection_id, path, type, is_ready) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, collection_id, path) DO NOTHING
            RETURNING index_id
            """;

    private static final String TOUCH = """
            UPDATE app.vector_collections SET revision = revision + 1, updated_at = now() WHERE tenant_id = $1 AND collection_id = $2
            """;

    private static final String CHANGE = """
            UPDATE app.vector_collections SET index_kind = $3, m = $4, ef_construction = $5, lists = $6, revision = revision + 1,
                updated_at = now()
            WHERE tenant_id = $1 AND collection_id = $2
            """;

    private static final String READY = """
            UPDATE app.vector_payload_indexes SET is_ready = true WHERE tenant_id = $1 AND index_id = $2
            """;

    private static final String DELETE_INDEX = """
            WITH gone AS (
                DELETE FROM app.vector_payload_indexes WHERE tenant_id = $1 AND collection_id = $2 AND path = $3 RETURNING index_id
            )
            INSERT INTO app.vector_index_remains (tenant_id, index_id) SELECT $1, index_id FROM gone
            """;

    /** Its rows are removed later, by what is noted here in the same moment. */
    private static final String DELETE = """
            WITH gone AS (
                DELETE FROM app.vector_collections WHERE tenant_id = $1 AND name = $2 RETURNING collection_id, placement, source
            ), names AS (
                DELETE FROM app.vector_aliases WHERE tenant_id = $1 AND collection_id IN (SELECT collection_id FROM gone)
            ), indexes AS (
                DELETE FROM app.vector_payload_indexes WHERE tenant_id = $1 AND collection_id IN (SELECT collection_id FROM gone)
            ), noted AS (
                INSERT INTO app.vector_remains (tenant_id, collection_id, placement, is_deleted)
                SELECT $1, g.collection_id, n.placement, true
                FROM gone AS g CROSS JOIN LATERAL (SELECT g.placement UNION SELECT g.source) AS n (placement)
                ON CONFLICT (tenant_id, collection_id, placement) DO NOTHING
            ), seeds AS (
                INSERT INTO app.vector_seeds_deleted (tenant_id, name) SELECT $1, $2 FROM gone WHERE $3
                ON CONFLICT (tenant_id, name) DO NOTHING
            )
            SELECT collection_id FROM gone
            """;

    private static final String ALIASES = """
            SELECT a.alias, c.name FROM app.vector_aliases AS a
            JOIN app.vector_collections AS c ON c.tenant_id = a.tenant_id AND c.collection_id = a.collection_id
            WHERE a.tenant_id = $1 ORDER BY a.alias
            """;

    private static final String PUT_ALIAS = """
            INSERT INTO app.vector_aliases (tenant_id, alias, collection_id)
            SELECT $1, $2, c.collection_id FROM app.vector_collections AS c WHERE c.tenant_id = $1 AND c.name = $3
            ON CONFLICT (tenant_id, alias) DO UPDATE SET collection_id = excluded.collection_id, updated_at = now()
            """;

    private static final String DELETE_ALIAS = "DELETE FROM app.vector_aliases WHERE tenant_id = $1 AND alias = $2 RETURNING collection_id";

    private static final String INSERT_ALIAS = "INSERT INTO app.vector_aliases (tenant_id, alias, collection_id) VALUES ($1, $2, $3)";

    private final Tenancy tenancy;
    private final ObjectMapper json;

    CollectionStore(Tenancy tenancy, ObjectMapper json) {
        this.tenancy = tenancy;
        this.json = json;
    }

    /**
     * Whether a name can be given.
     *
     * @param collections how many the tenant has
     * @param taken whether something has the name
     * @param deleted whether the tenant has deleted a ready-made collection of that name
     */
    public record Room(long collections, boolean taken, boolean deleted) {
    }

    /** What a name means; empty where it means nothing. */
    public Uni<Optional<PlacedCollection>> find(TenantId tenant, CollectionName name) {
        return tenancy.readInTenant(tenant, in -> in.execute(FIND, Tuple.of(tenant.value(), name.value())))
                .map(rows -> read(rows).stream().findFirst());
    }

    /** All of a tenant. */
    public Uni<List<PlacedCollection>> list(TenantId tenant) {
        return tenancy.readInTenant(tenant, in -> in.execute(LIST, Tuple.of(tenant.value()))).map(this::read);
    }

    /** Runs work that gives names, alone among such of the tenant. */
    public <T> Uni<T> naming(TenantId tenant, Function<Statements, Uni<T>> work) {
        return tenancy.inTenant(tenant, in -> in.execute(LOCK_NAMES, Tuple.of(tenant.value())).chain(locked -> work.apply(in)));
    }

    /** Whether a name can be given. */
    public Uni<Room> room(Statements in, TenantId tenant, CollectionName name) {
        return in.execute(TAKEN, Tuple.of(tenant.value(), name.value())).map(rows -> rows.iterator().next())
                .map(row -> new Room(row.getLong("collections"), row.getBoolean("taken"), row.getBoolean("deleted")));
    }

    /** Whether a collection, not an alias, has a name. */
    public Uni<Boolean> isCollection(Statements in, TenantId tenant, CollectionName name) {
        return in.execute("SELECT EXISTS (SELECT FROM app.vector_collections WHERE tenant_id = $1 AND name = $2)",
                Tuple.of(tenant.value(), name.value())).map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Makes a collection with its payload indexes. */
    public Uni<Void> insert(Statements in, TenantId tenant, CollectionName name, CollectionSpec spec) {
        Tuple columns = Tuple.tuple().addString(tenant.value()).addString(name.value()).addInteger(spec.dimension())
                .addString(spec.metric().key());
        addIndex(columns, spec.index()).addString(spec.payloadSchema().toString());
        return in.execute(INSERT, columns).map(rows -> rows.iterator().next().getLong(0)).chain(id -> {
            List<Uni<RowSet<Row>>> indexes = new ArrayList<>();
            spec.payloadIndexes().forEach((path, type) -> indexes.add(
                    in.execute(INSERT_INDEX, Tuple.of(tenant.value(), id, KeyPath.of(path).toString(), type.key(), true))));
            return indexes.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(indexes).andFailFast().replaceWithVoid();
        });
    }

    /**
     * Gives a collection another index.
     *
     * @param moves whether it has one: then its points move to a new partition with the other, which begins in the same moment
     */
    public Uni<Void> change(TenantId tenant, long collection, IndexSpec index, boolean moves) {
        Tuple columns = addIndex(Tuple.of(tenant.value(), collection), index);
        return tenancy.inTenant(tenant, in -> in.execute(ALONE, Tuple.of(collection))
                .chain(alone -> in.execute(CHANGE, columns))
                .chain(changed -> moves ? PlacementStore.place(in, tenant, collection) : Uni.createFrom().voidItem()));
    }

    /** Removes a collection by its own name; false where there is none. A ready-made one is not made again by its next use. */
    public Uni<Boolean> delete(TenantId tenant, CollectionName name) {
        return naming(tenant, in -> in.execute(DELETE,
                Tuple.of(tenant.value(), name.value(), SeedCollections.find(name).isPresent()))).map(rows -> rows.size() > 0);
    }

    /** Makes a payload index that is not ready yet; its number, or nothing where the field has one. */
    public Uni<Optional<Long>> insertIndex(TenantId tenant, long collection, KeyPath path, FieldType type) {
        return tenancy.inTenant(tenant, in -> in.execute(ALONE, Tuple.of(collection))
                .chain(alone -> in.execute(INSERT_INDEX, Tuple.of(tenant.value(), collection, path.toString(), type.key(), false)))
                .call(() -> in.execute(TOUCH, Tuple.of(tenant.value(), collection)))
                .map(rows -> rows.size() == 0 ? Optional.<Long> empty() : Optional.of(rows.iterator().next().getLong(0))));
    }

    /** Every point is in the payload index. */
    public Uni<Void> indexIsReady(TenantId tenant, long collection, long index) {
        return tenancy.inTenant(tenant, in -> in.execute(READY, Tuple.of(tenant.value(), index))
                .call(() -> in.execute(TOUCH, Tuple.of(tenant.value(), collection)))).replaceWithVoid();
    }

    /** Removes a payload index; false where there is none. Its values are removed by whoever removes remains: nobody writes any more of them. */
    public Uni<Boolean> deleteIndex(TenantId tenant, long collection, KeyPath path) {
        return tenancy.inTenant(tenant, in -> in.execute(ALONE, Tuple.of(collection))
                .chain(alone -> in.execute(DELETE_INDEX, Tuple.of(tenant.value(), collection, path.toString())))
                .call(() -> in.execute(TOUCH, Tuple.of(tenant.value(), collection)))).map(rows -> rows.rowCount() > 0);
    }

    /** Aliases and the names of what they mean. */
    public Uni<Map<CollectionName, CollectionName>> aliases(TenantId tenant) {
        return tenancy.readInTenant(tenant, in -> in.execute(ALIASES, Tuple.of(tenant.value()))).map(rows -> {
            Map<CollectionName, CollectionName> aliases = new LinkedHashMap<>();
            rows.forEach(row -> aliases.put(CollectionName.of(row.getString("alias")), CollectionName.of(row.getString("name"))));
            return aliases;
        });
    }

    /** How many aliases there are. */
    public Uni<Long> aliasCount(Statements in, TenantId tenant) {
        return in.execute("SELECT count(*) FROM app.vector_aliases WHERE tenant_id = $1", Tuple.of(tenant.value()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Lets an alias mean a collection; false where there is no such collection. */
    public Uni<Boolean> putAlias(Statements in, TenantId tenant, CollectionName alias, CollectionName collection) {
        return in.execute(PUT_ALIAS, Tuple.of(tenant.value(), alias.value(), collection.value())).map(rows -> rows.rowCount() > 0);
    }

    /** Removes an alias; false where there is none. */
    public Uni<Boolean> deleteAlias(Statements in, TenantId tenant, CollectionName alias) {
        return in.execute(DELETE_ALIAS, Tuple.of(tenant.value(), alias.value())).map(rows -> rows.size() > 0);
    }

    /** Gives an alias another name, which must be free; false where there is no such alias. */
    public Uni<Boolean> renameAlias(Statements in, TenantId tenant, CollectionName from, CollectionName to) {
        return in.execute(DELETE_ALIAS, Tuple.of(tenant.value(), from.value())).chain(rows -> rows.size() == 0 ? Uni.createFrom().item(false)
                : in.execute(INSERT_ALIAS, Tuple.of(tenant.value(), to.value(), rows.iterator().next().getLong(0))).replaceWith(true));
    }

    /** Whether the failure says that a name is taken. */
    public static boolean isTaken(Throwable failure) {
        return failure instanceof PgException pg && "23505".equals(pg.getSqlState());
    }

    private static Tuple addIndex(Tuple columns, IndexSpec index) {
        IndexSpec.Hnsw hnsw = index instanceof IndexSpec.Hnsw given ? given : IndexSpec.DEFAULT;
        int lists = index instanceof IndexSpec.IvfFlat given ? given.lists() : 1;
        return columns.addString(index.key()).addInteger(hnsw.m()).addInteger(hnsw.efConstruction()).addInteger(lists);
    }

    private List<PlacedCollection> read(RowSet<Row> rows) {
        Map<Long, Row> collections = new LinkedHashMap<>();
        Map<Long, List<PayloadIndex>> indexes = new LinkedHashMap<>();
        for (Row row : rows) {
            long id = row.getLong("collection_id");
            collections.putIfAbsent(id, row);
            List<PayloadIndex> own = indexes.computeIfAbsent(id, first -> new ArrayList<>());
            Long index = row.getLong("index_id");
            if (index != null) {
                own.add(new PayloadIndex(index, KeyPath.of(row.getString("path")), FieldType.ofKey(row.getString("type")),
                        row.getBoolean("is_ready")));
            }
        }
        List<PlacedCollection> read = new ArrayList<>();
        collections.forEach((id, row) -> read.add(new PlacedCollection(info(row, indexes.getOrDefault(id, List.of())),
                List.copyOf(indexes.getOrDefault(id, List.of())))));
        return read;
    }

    private CollectionInfo info(Row row, List<PayloadIndex> indexes) {
        Map<String, FieldType> types = new TreeMap<>();
        indexes.forEach(index -> types.put(index.path().toString(), index.type()));
        CollectionSpec spec = new CollectionSpec(row.getInteger("dimension"), Metric.ofKey(row.getString("metric")), index(row), types,
                schema(row.getString("payload_schema")));
        return new CollectionInfo(row.getLong("collection_id"), CollectionName.of(row.getString("name")), spec, row.getLong("revision"),
                row.getInteger("placement"), row.getInteger("source"), row.getBoolean("is_indexed"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static IndexSpec index(Row row) {
        return switch (row.getString("index_kind")) {
            case "hnsw" -> new IndexSpec.Hnsw(row.getInteger("m"), row.getInteger("ef_construction"));
            case "ivfflat" -> new IndexSpec.IvfFlat(row.getInteger("lists"));
            default -> new IndexSpec.None();
        };
    }

    private ObjectNode schema(@Nullable String text) {
        try {
            return text != null && json.readTree(text) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a payload schema is no JSON", e);
        }
    }
}
