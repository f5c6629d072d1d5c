package io.zeroui.shared.supplychain.sbom.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Select;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is different between two bills of materials: only components that one of them does not have are compared. */
@ApplicationScoped
public class DiffStore {

    private static final String CHANGES = """
            WITH gone AS (
                SELECT c.coordinate, array_agg(DISTINCT coalesce(c.version, '')) AS versions, array_agg(DISTINCT array_to_string(c.licences, ' AND ')) AS licences
                  FROM (SELECT component_id FROM app.sbom_components WHERE sbom_id = $1
                        EXCEPT SELECT component_id FROM app.sbom_components WHERE sbom_id = $2) AS differing
                  JOIN app.components AS c ON c.component_id = differing.component_id
                 GROUP BY c.coordinate),
            come AS (
                SELECT c.coordinate, array_agg(DISTINCT coalesce(c.version, '')) AS versions, array_agg(DISTINCT array_to_string(c.licences, ' AND ')) AS licences
                  FROM (SELECT component_id FROM app.sbom_components WHERE sbom_id = $2
                        EXCEPT SELECT component_id FROM app.sbom_components WHERE sbom_id = $1) AS differing
                  JOIN app.components AS c ON c.component_id = differing.component_id
                 GROUP BY c.coordinate),
            changes AS (
                SELECT coalesce(gone.coordinate, come.coordinate) AS coordinate,
                       CASE WHEN gone.coordinate IS NULL THEN 'added' WHEN come.coordinate IS NULL THEN 'removed'
                            WHEN gone.versions <> come.versions THEN 'version_changed' WHEN gone.licences <> come.licences THEN 'licence_changed'
                            ELSE 'changed' END AS change,
                       gone.versions AS before_versions, come.versions AS after_versions, gone.licences AS before_licences, come.licences AS after_licences
                  FROM gone FULL JOIN come ON come.coordinate = gone.coordinate)
            """;

    private static final Select PAGE = Select.of(CHANGES + """
            SELECT coordinate, change, before_versions, after_versions, before_licences, after_licences
              FROM changes
             WHERE coordinate > $3 AND ($4::text IS NULL OR change = $4)
             ORDER BY coordinate
             LIMIT $5""");

    private static final Select COUNTS = Select.of(CHANGES + "SELECT change, count(*) AS changes FROM changes GROUP BY change");

    private final Tenancy tenancy;

    DiffStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * One difference.
     *
     * @param coordinate package URL without its version, or name
     * @param change {@code added}, {@code removed}, {@code version_changed}, {@code licence_changed}, or {@code changed} where it is something else
     * @param versionsBefore those that are no longer there
     * @param versionsAfter those that were not there
     * @param licencesBefore of what is no longer there
     * @param licencesAfter of what was not there
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(String coordinate, String change, List<String> versionsBefore, List<String> versionsAfter, List<String> licencesBefore,
            List<String> licencesAfter) {

        private static Change of(Row row) {
            return new Change(row.getString("coordinate"), row.getString("change"), texts(row, "before_versions"), texts(row, "after_versions"),
                    texts(row, "before_licences"), texts(row, "after_licences"));
        }

        private static List<String> texts(Row row, String column) {
            String[] values = row.getArrayOfStrings(column);
            return values == null ? List.of() : Arrays.stream(values).filter(value -> !value.isEmpty()).toList();
        }
    }

    /** Differences by coordinate, behind one; of one kind or of all; at most so many. */
    public Uni<List<Change>> changes(long before, long after, String behind, @Nullable String change, int most) {
        return list(PAGE, Tuple.of(before, after, behind, change, most)).map(rows -> rows.stream().map(Change::of).toList());
    }

    /** How many differences there are of each kind. */
    public Uni<Map<String, Long>> counts(long before, long after) {
        return list(COUNTS, Tuple.of(before, after)).map(rows -> {
            Map<String, Long> counts = new TreeMap<>();
            rows.forEach(row -> counts.put(row.getString("change"), row.getLong("changes")));
            return counts;
        });
    }

    private Uni<List<Row>> list(Select select, Tuple parameters) {
        return tenancy.listInPlane(SbomStore.WHY, select, parameters).ifNoItem().after(SbomStore.TIMEOUT).fail();
    }
}
