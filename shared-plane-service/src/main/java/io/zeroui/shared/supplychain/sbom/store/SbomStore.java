package io.zeroui.shared.supplychain.sbom.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Select;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bills of materials and what is inside one of them. */
@ApplicationScoped
public class SbomStore {

    /** Kind of the acts that bring one: digest, bytes, project, release. */
    public static final String ADDED = "sbom-added";

    static final String WHY = "bills of materials belong to the organisation, not to a tenant";
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Select FIND = Select.of("SELECT " + StoredSbom.COLUMNS + " FROM app.sboms AS s WHERE s.digest = $1");

    private static final Select NAMED = Select.of("SELECT " + StoredSbom.COLUMNS + """
             FROM app.sboms AS s
            WHERE s.project = $1 AND ($2::text IS NULL OR s.release = $2)
            ORDER BY s.sbom_id DESC
            LIMIT 1""");

    private static final Select LIST = Select.of("SELECT " + StoredSbom.COLUMNS + """
             FROM app.sboms AS s
            WHERE s.sbom_id < $1 AND ($2::text IS NULL OR s.project = $2)
            ORDER BY s.sbom_id DESC
            LIMIT $3""");

    private static final Select COMPONENTS = Select.of("SELECT o.ordinal, o.ref, o.depth, " + StoredComponent.COLUMNS + """
             FROM app.sbom_components AS o
             JOIN app.components AS c ON c.component_id = o.component_id
            WHERE o.sbom_id = $1 AND o.ordinal > $2
            ORDER BY o.ordinal
            LIMIT $3""");

    private static final Select ORDINAL = Select.of("""
            SELECT o.ordinal
              FROM app.sbom_components AS o
              JOIN app.components AS c ON c.component_id = o.component_id
             WHERE o.sbom_id = $1 AND (o.ref = $2 OR c.purl = $2)
             ORDER BY o.ref <> $2, o.ordinal
             LIMIT 1
            """);

    private final Tenancy tenancy;

    SbomStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * A component at its place.
     *
     * @param ordinal the place
     * @param ref its reference in the document
     * @param depth length of a shortest way from the root; null where there is none
     * @param component itself
     */
    public record Place(int ordinal, String ref, @Nullable Integer depth, StoredComponent component) {
    }

    /** By its digest. */
    public Uni<Optional<StoredSbom>> find(Hash digest) {
        return first(FIND, Tuple.of(digest.hex()));
    }

    /** The newest of a project, or of a release of it. */
    public Uni<Optional<StoredSbom>> newest(String project, @Nullable String release) {
        return first(NAMED, Tuple.of(project, release));
    }

    private Uni<Optional<StoredSbom>> first(Select select, Tuple parameters) {
        return list(select, parameters).map(rows -> rows.stream().findFirst().map(StoredSbom::of));
    }

    /** The newest first, before a number; at most so many. */
    public Uni<List<StoredSbom>> list(long before, @Nullable String project, int most) {
        return list(LIST, Tuple.of(before, project, most)).map(rows -> rows.stream().map(StoredSbom::of).toList());
    }

    /** The components of one, in its order, behind a place; at most so many. */
    public Uni<List<Place>> components(long sbomId, int after, int most) {
        return list(COMPONENTS, Tuple.of(sbomId, after, most)).map(rows -> rows.stream().map(SbomStore::place).toList());
    }

    /** The place of a component, by its reference or package URL. */
    public Uni<Optional<Integer>> ordinal(long sbomId, String ref) {
        return list(ORDINAL, Tuple.of(sbomId, ref)).map(rows -> rows.stream().findFirst().map(row -> row.getInteger("ordinal")));
    }

    private static Place place(Row row) {
        return new Place(row.getInteger("ordinal"), row.getString("ref"), row.getInteger("depth"), StoredComponent.of(row));
    }

    private Uni<List<Row>> list(Select select, Tuple parameters) {
        return tenancy.listInPlane(WHY, select, parameters).ifNoItem().after(TIMEOUT).fail();
    }
}
