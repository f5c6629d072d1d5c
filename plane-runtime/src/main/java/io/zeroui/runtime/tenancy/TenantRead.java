package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.TenantTransaction.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@link Select} in one of the pool's connections, whose settings end with it. */
final class TenantRead {

    private TenantRead() {
    }

    /**
     * Runs it.
     *
     * @param kind one of the two that read
     * @param mark what the database must say of where the tenant lives, else {@link TenantMoved}; null where tenants do not
     *            move
     */
    static Uni<List<Row>> run(Home home, Kind kind, String tenant, @Nullable String mark, Select select,
            Tuple parameters) {
        Pool pool = home.pool();
        if (pool == null) {
            return Uni.createFrom().failure(new HomeUnavailable("the tenant's database is not ready"));
        }
        if (parameters.size() != select.parameters()) {
            throw new IllegalArgumentException("the statement has " + select.parameters() + " parameters, not "
                    + parameters.size());
        }
        Tuple all = Tuple.tuple();
        for (int i = 0; i < parameters.size(); i++) {
            all.addValue(parameters.getValue(i));
        }
        all.addString(tenant).addString(kind.scope());
        Uni<RowSet<Row>> answer = pool.preparedQuery(select.in(home, mark != null)).execute(all);
        return mark == null ? answer.map(TenantRead::all) : atHome(home, mark, answer);
    }

    private static Uni<List<Row>> atHome(Home home, String mark, Uni<RowSet<Row>> answer) {
        return answer.onFailure().transform(failure -> TenantMoved.cause(home, mark, failure))
                .chain(rows -> {
                    String found = rows.iterator().next().getString(Select.MARK);
                    return mark.equals(found) ? Uni.createFrom().item(found(rows))
                            : Uni.createFrom().failure(new TenantMoved(mark, String.valueOf(found)));
                });
    }

    private static List<Row> all(RowSet<Row> rows) {
        List<Row> all = new ArrayList<>(rows.size());
        for (Row row : rows) {
            all.add(row);
        }
        return all;
    }

    /** Without the row that only says that there is none. */
    private static List<Row> found(RowSet<Row> rows) {
        List<Row> found = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getBoolean(Select.FOUND) != null) {
                found.add(row);
            }
        }
        return found;
    }
}
