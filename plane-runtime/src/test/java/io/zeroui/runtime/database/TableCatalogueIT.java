package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.boundaries.PlaneMatrix;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every table of the migrated databases has one data class, and its plane may hold that class. */
class TableCatalogueIT {

    @ParameterizedTest
    @EnumSource(Plane.class)
    void everyTableIsClassifiedAndEveryClassifiedTableIsThere(Plane plane) throws SQLException {
        MigratedPlane migrated = MigratedPlane.of(plane);
        assertThat(differences(migrated, TableCatalogue.of(plane))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void everyTableIsInAPlaneThatMayHoldItsClass(Plane plane) {
        TableCatalogue.of(plane).tables().forEach((table, known) -> assertThat(PlaneMatrix.mayHold(plane, known.dataClass()))
                .as("%s is %s, which the %s plane must not hold", table, known.dataClass().key(), plane.key()).isTrue());
    }

    @Test
    void anUnclassifiedTableAndAClassifiedOneThatIsNotThereAreFound() throws SQLException {
        MigratedPlane migrated = MigratedPlane.of(Plane.SHARED);
        migrated.execute("CREATE TABLE app.forgotten (n int)", "CREATE TABLE public.elsewhere (n int)");
        TableCatalogue catalogue = new TableCatalogue(Map.of("app.gone", new TableCatalogue.Table(DataClass.TELEMETRY, Set.of())));
        assertThat(differences(migrated, catalogue))
                .contains("app.forgotten", "public.elsewhere", "app.gone", "app.telemetry_reports");
    }

    @Test
    void theSharedPlaneMustNotHoldWhatIsATenants() {
        assertThat(PlaneMatrix.held(Plane.SHARED)).doesNotContain(DataClass.RECEIPT_BODY, DataClass.RECEIPT_METADATA,
                DataClass.TENANT_CONTEXT, DataClass.SECRET_REFERENCE);
        assertThat(PlaneMatrix.mayHold(Plane.TENANT, DataClass.REGISTRY)).isFalse();
        assertThat(PlaneMatrix.mayHold(Plane.TENANT, DataClass.RECEIPT_BODY)).isTrue();
    }

    /** Tables on one side only; what a partition holds is said of its table. */
    private static Set<String> differences(MigratedPlane migrated, TableCatalogue catalogue) throws SQLException {
        String tables = """
                SELECT relnamespace::regnamespace || '.' || relname
                FROM pg_class
                WHERE relkind IN ('r', 'p', 'm', 'f') AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
                  AND NOT (relnamespace = 'public'::regnamespace AND relname = 'schema_history')
                """;
        List<String> there = migrated.list(tables);
        // A partition by time is what its table is; it need not be named.
        Set<String> differences = new TreeSet<>(migrated.list(tables + " AND NOT relispartition"));
        differences.removeAll(catalogue.tables().keySet());
        Set<String> gone = new TreeSet<>(catalogue.tables().keySet());
        gone.removeAll(new TreeSet<>(there));
        differences.addAll(gone);
        return differences;
    }
}
