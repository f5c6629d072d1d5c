package io.zeroui.product.vectors.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.runtime.tenancy.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out by which payload index the points that a filter means are looked up best. */
@ApplicationScoped
class LeadStore {

    private static final String COUNT = "(SELECT count(*) FROM (%s LIMIT %s) AS found)";

    private final SearchConfig config;

    LeadStore(SearchConfig config) {
        this.config = config;
    }

    /** The lead that names the fewest points; empty where there is none, or all name too many. */
    Uni<Optional<Leads.Lead>> shortest(Statements in, PlacedCollection placed, Filter filter) {
        List<Leads.Lead> leads = Leads.of(filter, placed.indexes());
        return leads.isEmpty() ? Uni.createFrom().item(Optional.empty()) : count(in, leads);
    }

    private Uni<Optional<Leads.Lead>> count(Statements in, List<Leads.Lead> leads) {
        SqlText sql = new SqlText();
        String counts = leads.stream().map(lead -> COUNT.formatted(lead.select(sql), sql.bind(config.leadMost() + 1L, "int8")))
                .collect(Collectors.joining(", "));
        return in.execute("SELECT " + counts, Tuple.from(sql.values())).map(rows -> {
            Row row = rows.iterator().next();
            int best = 0;
            for (int i = 1; i < leads.size(); i++) {
                best = row.getLong(i) < row.getLong(best) ? i : best;
            }
            return row.getLong(best) > config.leadMost() ? Optional.<Leads.Lead> empty() : Optional.of(leads.get(best));
        });
    }
}
