package io.zeroui.shared.supplychain.sbom.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Select;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways from a document's roots to one of its components. */
@ApplicationScoped
public class PathStore {

    private static final int EDGES_MOST = 20_000;
    private static final int STEPS_MOST = 200_000;

    /** Everything above a component, each dependency once: cycles end by themselves. */
    private static final Select ABOVE = Select.of("""
            WITH RECURSIVE up (ordinal) AS (
                SELECT $2::int4
                UNION
                SELECT d.parent FROM up JOIN app.sbom_dependencies AS d ON d.sbom_id = $1 AND d.child = up.ordinal)
            SELECT d.child, d.parent, o.depth
              FROM up
              JOIN app.sbom_dependencies AS d ON d.sbom_id = $1 AND d.child = up.ordinal
              JOIN app.sbom_components AS o ON o.sbom_id = $1 AND o.ordinal = d.parent
             ORDER BY o.depth NULLS LAST, d.parent, d.child
             LIMIT $3""");

    private static final Select TITLES = Select.of("""
            SELECT o.ordinal, o.depth, coalesce(c.purl, c.coordinate || coalesce('@' || c.version, '')) AS title
              FROM app.sbom_components AS o
              JOIN app.components AS c ON c.component_id = o.component_id
             WHERE o.sbom_id = $1 AND o.ordinal = ANY ($2)""");

    private final Tenancy tenancy;

    PathStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * Ways to a component.
     *
     * @param ways each from a root to the component, as package URLs or names
     * @param complete whether these are all
     */
    public record Paths(List<List<String>> ways, boolean complete) {
    }

    /** Ways without a component twice in one, the shorter first as a rule; at most so many. */
    public Uni<Paths> paths(long sbomId, int ordinal, int most) {
        return list(ABOVE, Tuple.of(sbomId, ordinal, EDGES_MOST)).chain(rows -> {
            Map<Integer, List<Integer>> parents = new HashMap<>();
            Set<Integer> roots = new HashSet<>();
            for (Row row : rows) {
                parents.computeIfAbsent(row.getInteger("child"), child -> new ArrayList<>()).add(row.getInteger("parent"));
                Integer depth = row.getInteger("depth");
                if (depth != null && depth == 0) {
                    roots.add(row.getInteger("parent"));
                }
            }
            Search search = new Search(parents, roots, most);
            List<List<Integer>> found = search.from(ordinal);
            Set<Integer> named = new LinkedHashSet<>(List.of(ordinal));
            found.forEach(named::addAll);
            return list(TITLES, Tuple.of(sbomId, named.toArray(Integer[]::new)))
                    .map(titles -> new Paths(titled(found, titles, ordinal), search.isComplete() && rows.size() < EDGES_MOST));
        });
    }

    private static List<List<String>> titled(List<List<Integer>> found, List<Row> rows, int ordinal) {
        Map<Integer, String> titles = new HashMap<>();
        List<List<String>> ways = new ArrayList<>();
        for (Row row : rows) {
            titles.put(row.getInteger("ordinal"), row.getString("title"));
            Integer depth = row.getInteger("depth");
            if (row.getInteger("ordinal") == ordinal && depth != null && depth == 0) {
                ways.add(List.of(row.getString("title")));
            }
        }
        found.forEach(way -> ways.add(way.stream().map(place -> titles.getOrDefault(place, "")).toList()));
        return ways;
    }

    /** Goes upwards from a component, depth first, and counts its steps. */
    private static final class Search {
        private final Map<Integer, List<Integer>> parents;
        private final Set<Integer> roots;
        private final int most;
        private int steps;
        private boolean isCut;

        private Search(Map<Integer, List<Integer>> parents, Set<Integer> roots, int most) {
            this.parents = parents;
            this.roots = roots;
            this.most = most;
        }

        boolean isComplete() {
            return !isCut;
        }

        /** Breadth first by layers of growing length, so that shorter ways come first. */
        List<List<Integer>> from(int ordinal) {
            List<List<Integer>> found = new ArrayList<>();
            ArrayDeque<List<Integer>> open = new ArrayDeque<>();
            open.add(List.of(ordinal));
            for (List<Integer> way = open.poll(); way != null; way = open.poll()) {
                for (int parent : parents.getOrDefault(way.get(0), List.of())) {
                    if (found.size() >= most || ++steps > STEPS_MOST) {
                        isCut = true;
                        return found;
                    }
                    if (!way.contains(parent)) {
                        List<Integer> longer = new ArrayList<>(way.size() + 1);
                        longer.add(parent);
                        longer.addAll(way);
                        if (roots.contains(parent)) {
                            found.add(longer);
                        }
                        open.add(longer);
                    }
                }
            }
            return found;
        }
    }

    private Uni<List<Row>> list(Select select, Tuple parameters) {
        return tenancy.listInPlane(SbomStore.WHY, select, parameters).ifNoItem().after(SbomStore.TIMEOUT).fail();
    }
}
