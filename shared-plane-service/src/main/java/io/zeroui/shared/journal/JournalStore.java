package io.zeroui.shared.journal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far the tables are, and what they come to. */
@ApplicationScoped
class JournalStore {

    private static final Pattern TABLE = Pattern.compile("[a-z_]+\\.[a-z_0-9]+");

    private static final String POSITION = "SELECT number, line_hash FROM app.journal_positions WHERE area = $1 AND projection = $2";

    private static final String BEGIN = """
            INSERT INTO app.journal_positions (area, projection, number, line_hash) SELECT $1, $2, $3, $4 WHERE $5::int8 = 0
            ON CONFLICT DO NOTHING
            RETURNING number
            """;

    private static final String MOVE = """
            UPDATE app.journal_positions SET number = $3, line_hash = $4
             WHERE area = $1 AND projection = $2 AND number = $5
            RETURNING number
            """;

    /** Rows have no order of their own, so their hashes are added up. */
    private static final String DIGEST = """
            SELECT count(*) AS rows,
                   coalesce(sum(('x' || encode(substr(sha256(convert_to(t::text, 'UTF8')), 1, 7), 'hex'))::bit(56)::int8::numeric), 0) AS hashes
              FROM %s AS t
            """;

    private final Tenancy tenancy;
    private final JournalConfig config;

    JournalStore(Tenancy tenancy, JournalConfig config) {
        this.tenancy = tenancy;
        this.config = config;
    }

    /**
     * How far a projection is.
     *
     * @param number of the last act that it took
     * @param hash of that act's line
     */
    record Position(long number, Hash hash) {
    }

    /** Where a projection is; at 0 where it never was. */
    Uni<Position> position(Projection projection) {
        return tenancy.readInPlane("the journal is the plane's own", in -> in.execute(POSITION, key(projection)))
                .map(rows -> rows.size() == 0 ? new Position(0, Hash.ZERO) : position(rows.iterator().next()))
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    /** Writes what some acts come to and moves the position behind the last of them; fails with nothing written where it is not where it was. */
    Uni<Void> apply(Projection projection, long from, List<ActLine> lines) {
        ActLine end = lines.get(lines.size() - 1);
        Tuple to = key(projection).addLong(end.act().number()).addString(end.hash().hex()).addLong(from);
        List<Act> acts = lines.stream().map(ActLine::act).toList();
        return tenancy.inPlane("the journal is the plane's own",
                in -> in.execute(from == 0 ? BEGIN : MOVE, to)
                        .invoke(rows -> requireMoved(rows.size(), projection))
                        .chain(() -> projection.apply(in, acts)))
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    private static void requireMoved(int rows, Projection projection) {
        if (rows == 0) {
            throw new IllegalStateException("somebody else moved the position of " + projection.name());
        }
    }

    /** Fingerprint of tables: the same after they were computed anew. */
    Uni<JournalDigest> digest(List<String> tables) {
        return tenancy.readInPlane("a rebuild is compared whole", in -> Multi.createFrom().iterable(tables)
                .onItem().transformToUniAndConcatenate(table -> digest(in, table))
                .collect().asList())
                .map(JournalDigest::of)
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    private static Uni<JournalDigest.Table> digest(Statements in, String table) {
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException("not a table: " + table);
        }
        return in.execute(DIGEST.formatted(table)).map(rows -> rows.iterator().next())
                .map(row -> new JournalDigest.Table(table, row.getLong("rows"), whole(row.getBigDecimal("hashes"))));
    }

    private static String whole(@Nullable BigDecimal number) {
        return number == null ? "0" : number.toBigInteger().toString(16);
    }

    private static Tuple key(Projection projection) {
        return Tuple.tuple().addString(projection.area().key()).addString(projection.name());
    }

    private static Position position(Row row) {
        return new Position(row.getLong("number"), Hash.parse(row.getString("line_hash")));
    }
}
