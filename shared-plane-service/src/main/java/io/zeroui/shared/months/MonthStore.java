package io.zeroui.shared.months;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** The function {@code app.keep_months}. */
@ApplicationScoped
class MonthStore {

    private static final String KEEP = "SELECT app.keep_months($1, $2, $3, $4) AS dropped";

    private final Tenancy tenancy;

    MonthStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Makes partitions from a time until months ahead, drops those that end before another; how many it dropped. */
    Uni<Integer> keep(MonthTable table, Instant from, int ahead, Instant dropBefore) {
        return tenancy.inPlane("partitions by time are no tenant's", in -> in.execute(KEEP, Tuple.of(table.table(), from.atOffset(ZoneOffset.UTC),
                ahead, dropBefore.atOffset(ZoneOffset.UTC))))
                .map(rows -> rows.iterator().next().getInteger("dropped"));
    }
}
