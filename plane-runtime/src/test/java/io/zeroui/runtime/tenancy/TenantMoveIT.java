package io.zeroui.runtime.tenancy;

import static io.zeroui.runtime.tenancy.HomesHarness.OWN_DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.runtime.database.MigratedPlane;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves of a tenant between homes, on real databases, while it is written and read. */
class TenantMoveIT {

    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final TenantId ACME = TenantId.of("acme-co");
    private static final TenantId OTHER = TenantId.of("other");
    private static final int ROWS = 5000;
    private static final List<MovedTable> TABLES = List.of(MovedTable.growing("receipts_index", "ledger_sequence"),
            MovedTable.growing("receipt_words", "ledger_sequence"), MovedTable.growing("ledger_acts", "ledger_sequence"),
            MovedTable.queue("outbox", "sequence"),
            MovedTable.changing("erased_receipts"), MovedTable.changing("dropped_links"), MovedTable.changing("chain_heads"), MovedTable.changing("ledger_watermarks"),
            MovedTable.changing("key_evaluations"), MovedTable.growing("courier_batches", "number"));

    private static final Select COUNT = Select.of("SELECT count(*) AS seen FROM {home}.receipts_index");

    private HomesHarness harness;
    private Homes homes;
    private Tenancy tenancy;

    @BeforeEach
    void fill() throws Exception {
        harness = new HomesHarness();
        homes = harness.process();
        tenancy = new Tenancy(homes);
        await().atMost(WAIT).until(() -> homes.home(new TenantHomeStore.Place(IsolationTier.DATABASE, OWN_DATABASE)).isReady());
        for (TenantId tenant : List.of(ACME, OTHER)) {
            get(write(tenancy, tenant, 1, ROWS));
        }
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void aTenantThatIsWrittenAndReadMovesUpTwiceAndLosesAndDuplicatesNothing() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong written = new AtomicLong(ROWS);
        Tenancy stale = new Tenancy(harness.process());
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                long next = written.get() + 1;
                if (isWritten(next % 2 == 0 ? tenancy : stale, next)) {
                    written.set(next);
                }
            }
        });
        List<Throwable> faults = new ArrayList<>();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                long least = written.get();
                for (Uni<Long> count : List.of(count(stale, ACME), countInOne(stale, ACME))) {
                    long seen = get(count);
                    if (seen < least) {
                        faults.add(new AssertionError(seen + " rows seen after " + least + " were written"));
                    }
                }
            }
        });
        List<String> places = new ArrayList<>();
        for (IsolationTier tier : List.of(IsolationTier.SCHEMA, IsolationTier.DATABASE)) {
            AtomicLong copied = new AtomicLong();
            assertThat(move(tier, copied)).isTrue();
            assertThat(copied.get()).isGreaterThanOrEqualTo(ROWS);
            places.add(homes.of(ACME).toString());
            long then = written.get();
            await().atMost(WAIT).until(() -> written.get() > then + 20);
        }
        stop.set(true);
        writing.get(60, TimeUnit.SECONDS);
        reading.get(60, TimeUnit.SECONDS);

        assertThat(faults).isEmpty();
        assertThat(places).containsExactly("schema tenant_acme-co", "database " + OWN_DATABASE);
        assertThat(sequences(ACME)).isEqualTo(LongStream.rangeClosed(1, written.get()).boxed().toList());
        assertThat(get(count(tenancy, OTHER))).isEqualTo(ROWS);
        assertThat(ledgerTenants(harness.plane)).containsExactly("other");
        try (Connection own = harness.ownAdmin()) {
            assertThat(MigratedPlane.list(own, "SELECT DISTINCT tenant_id FROM app.receipts_index")).containsExactly("acme-co");
            assertThat(MigratedPlane.list(own, "SELECT ledger_sequence FROM app.ledger_watermarks"))
                    .containsExactly(Long.toString(written.get()));
            assertThat(MigratedPlane.list(own, "SELECT count(*) FROM app.outbox")).containsExactly(Long.toString(written.get()));
        }
        assertThat(harness.plane.list("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_')")).isEmpty();
    }

    @Test
    void aMoveThatIsCutOffChangesNothingAndTheNextOneBeginsAnew() throws Exception {
        for (IsolationTier tier : List.of(IsolationTier.SCHEMA, IsolationTier.DATABASE)) {
            CompletableFuture<Long> begun = new CompletableFuture<>();
            var moving = new TenantMove(homes).move(ACME, tier, OWN_DATABASE, TABLES, begun::complete).subscribe().with(done -> {
            }, failure -> {
            });
            assertThat(begun.get(60, TimeUnit.SECONDS)).isPositive();
            moving.cancel();
            assertThat(get(write(tenancy, ACME, get(count(tenancy, ACME)) + 1, 1))).isNotNull();
            long rows = get(count(tenancy, ACME));

            assertThat(get(homes.refresh().replaceWith(true))).isTrue();
            assertThat(homes.of(ACME).tier()).isLessThan(tier);
            await().atMost(WAIT).until(() -> move(tier, new AtomicLong()));
            assertThat(homes.of(ACME).tier()).isEqualTo(tier);
            assertThat(sequences(ACME)).isEqualTo(LongStream.rangeClosed(1, rows).boxed().toList());
        }
    }

    @Test
    void aCopyThatIsNotWhatItWasMadeFromIsNotUsed() throws Exception {
        try (Connection own = harness.ownAdmin(); Statement statement = own.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION public.spoil() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN NEW.repo_id := CASE WHEN NEW.ledger_sequence = 77 THEN 'spoilt' ELSE NEW.repo_id END; RETURN NEW; END $$
                    """);
            statement.execute("CREATE TRIGGER spoil BEFORE INSERT ON app.receipts_index FOR EACH ROW EXECUTE FUNCTION public.spoil()");
            assertThatThrownBy(() -> move(IsolationTier.DATABASE, new AtomicLong())).hasMessageContaining("not what it was made from");
            assertThat(homes.of(ACME)).isEqualTo(homes.shared());
            assertThat(get(count(tenancy, ACME))).isEqualTo(ROWS);
            statement.execute("DROP TRIGGER spoil ON app.receipts_index");
        }
        assertThat(move(IsolationTier.DATABASE, new AtomicLong())).isTrue();
        assertThat(get(count(tenancy, ACME))).isEqualTo(ROWS);
    }

    @Test
    void aDatabaseOfItsOwnHasOneTenantAndNobodyMovesDownOrIntoTheUnknown() throws Exception {
        assertThat(move(IsolationTier.DATABASE, new AtomicLong())).isTrue();
        assertThatThrownBy(() -> get(new TenantMove(homes).move(OTHER, IsolationTier.DATABASE, OWN_DATABASE, TABLES, rows -> {
        }))).hasMessageContaining("has another tenant");
        assertThat(get(count(tenancy, OTHER))).isEqualTo(ROWS);
        assertThatThrownBy(() -> move(IsolationTier.SCHEMA, new AtomicLong())).hasMessageContaining("only be moved up");
        assertThatThrownBy(() -> get(new TenantMove(homes).move(OTHER, IsolationTier.DATABASE, "nowhere", TABLES, rows -> {
        }))).hasMessageContaining("no database of that name");
        assertThat(get(count(tenancy, OTHER))).isEqualTo(ROWS);
    }

    @Test
    void theQueueMayShrinkWhileItsTenantMoves() throws Exception {
        for (IsolationTier tier : List.of(IsolationTier.SCHEMA, IsolationTier.DATABASE)) {
            Home before = homes.of(ACME);
            AtomicBoolean taken = new AtomicBoolean();
            boolean moved = get(new TenantMove(homes).move(ACME, tier, OWN_DATABASE, TABLES, rows -> {
                if (rows > ROWS && taken.compareAndSet(false, true)) {
                    take(before.resolve("DELETE FROM {home}.outbox WHERE sequence % 10 = 0"));
                }
            }));
            assertThat(moved).isTrue();
            assertThat(taken).isTrue();
            assertThat(get(count(tenancy, ACME))).isEqualTo(ROWS);
        }
    }

    @Test
    void thePlanesOwnDatabaseByAnotherNameIsNobodysHome() throws Exception {
        try (HomesHarness second = harness.again("again")) {
            Homes process = second.process();
            await().atMost(WAIT).until(() -> process.home(new TenantHomeStore.Place(IsolationTier.DATABASE, "again")).isReady());
            assertThatThrownBy(() -> get(new TenantMove(process).move(ACME, IsolationTier.DATABASE, "again", TABLES, rows -> {
            }))).hasMessageContaining("is the plane's own database");
        }
        assertThat(get(count(tenancy, ACME))).isEqualTo(ROWS);
    }

    @Test
    void aColumnThatOnlyTheModelHasStopsTheServiceAndAlterHomesChangesBoth() throws SQLException {
        assertThat(move(IsolationTier.SCHEMA, new AtomicLong())).isTrue();
        harness.plane.execute("ALTER TABLE app.receipts_index ADD COLUMN later text");
        assertThat(harness.faults()).anyMatch(fault -> fault.contains("\"tenant_acme-co\".receipts_index has other columns"));
        harness.plane.execute("SELECT app.alter_homes('ALTER TABLE {home}.receipts_index ADD COLUMN IF NOT EXISTS later text')");
        assertThat(harness.faults()).isEmpty();
    }

    @Test
    void readersOfReportsFindAPromotedTenantInItsOwnView() throws SQLException {
        assertThat(move(IsolationTier.SCHEMA, new AtomicLong())).isTrue();
        try (Connection reader = harness.plane.analytics(); Statement statement = reader.createStatement()) {
            assertThat(MigratedPlane.list(reader, "SELECT count(*) FROM \"tenant_acme-co\".receipts")).containsExactly("0");
            statement.execute("SET app.current_tenant_id = 'acme-co'");
            assertThat(MigratedPlane.list(reader, "SELECT count(*) FROM \"tenant_acme-co\".receipts")).containsExactly(ROWS + "");
            assertThatThrownBy(() -> statement.execute("SELECT file FROM \"tenant_acme-co\".receipts_index"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void theFunctionsOfHomesServeOnlyTheTransactionsTenantAndOnlyOneThatLivesElsewhere() throws SQLException {
        try (Connection serving = harness.plane.serving(); Statement statement = serving.createStatement()) {
            serving.setAutoCommit(false);
            for (String refused : List.of("SELECT app.create_home('other')", "SELECT app.forget_rows('other')",
                    "SELECT app.drop_home('other')", "SELECT app.create_home('')", "SELECT app.forget_rows('acme-co')",
                    "SELECT app.copy_table('app.outbox', 'app')", "DELETE FROM app.receipts_index",
                    "CREATE SCHEMA mine", "CREATE TABLE app.mine (a int)")) {
                statement.execute("SELECT app.enter('acme-co', '', false)");
                assertThatThrownBy(() -> statement.execute(refused)).as(refused).isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState()).isEqualTo("42501");
                serving.rollback();
            }
        }
        assertThat(move(IsolationTier.SCHEMA, new AtomicLong())).isTrue();
        try (Connection serving = harness.plane.serving(); Statement statement = serving.createStatement()) {
            serving.setAutoCommit(false);
            statement.execute("SELECT app.enter('acme-co', '', false)");
            assertThatThrownBy(() -> statement.execute("SELECT app.drop_home('acme-co')")).hasMessageContaining("lives in its schema");
        }
    }

    @Test
    void bothHomesHaveTheSameStructureAndEveryTenantTableThatMustMoveDoes() throws SQLException {
        assertThat(move(IsolationTier.SCHEMA, new AtomicLong())).isTrue();
        String structure = """
                SELECT c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull
                       || COALESCE(a.attacl::text, '') || COALESCE(col_description(c.oid, a.attnum), '')
                  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                 WHERE c.relkind = 'r' AND c.relnamespace = '%1$s'::regnamespace AND c.relname IN (%2$s)
                UNION ALL
                SELECT c.relname || ' ' || replace(replace(pg_get_indexdef(i.indexrelid), '%1$s.', ''), i.indexrelid::regclass::text, '')
                  FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
                 WHERE c.relnamespace = '%1$s'::regnamespace AND c.relname IN (%2$s)
                UNION ALL
                SELECT tablename || policyname || cmd || roles::text || COALESCE(qual, '') || COALESCE(with_check, '')
                  FROM pg_policies WHERE quote_ident(schemaname) = '%1$s' AND tablename IN (%2$s)
                UNION ALL
                SELECT c.relname || c.relacl::text || c.relrowsecurity || c.relforcerowsecurity FROM pg_class c
                 WHERE c.relkind = 'r' AND c.relnamespace = '%1$s'::regnamespace AND c.relname IN (%2$s)
                UNION ALL
                SELECT replace(pg_get_triggerdef(t.oid), '%1$s.', '') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                 WHERE c.relnamespace = '%1$s'::regnamespace AND c.relname IN (%2$s)
                ORDER BY 1
                """;
        String tables = "'receipts_index', 'chain_heads', 'ledger_watermarks', 'outbox', 'outbox_epoch', 'ledger_acts',"
                + " 'erased_receipts', 'key_evaluations', 'courier_batches', 'receipt_words', 'dropped_links'";
        List<String> shared = harness.plane.list(structure.formatted("app", tables)).stream()
                .map(line -> line.replace("app.", "").replaceAll("INDEX \\S+ ON", "INDEX ON")).toList();
        List<String> own = harness.plane.list(structure.formatted("\"tenant_acme-co\"", tables)).stream()
                .map(line -> line.replace("app.", "").replaceAll("INDEX \\S+ ON", "INDEX ON")).toList();
        assertThat(own).containsExactlyInAnyOrderElementsOf(shared);
        assertThat(harness.plane.list("""
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'app'::regnamespace
                  AND c.relname NOT LIKE 'registry_%' AND c.relname <> 'tenant_homes'
                """)).containsExactlyInAnyOrderElementsOf(TABLES.stream().map(MovedTable::name).toList());
        assertThat(harness.plane.list("SELECT unnest(app.home_tables())"))
                .containsExactlyInAnyOrderElementsOf(TABLES.stream().map(MovedTable::name).toList());
    }

    /** As the relay does when rows are acknowledged, on a connection of its own. */
    private void take(String sql) {
        try {
            harness.plane.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False when the tenant was just being moved: a writer waits for two seconds at most. */
    private static boolean isWritten(Tenancy tenancy, long next) {
        try {
            get(write(tenancy, ACME, next, 1));
            return true;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof HomeUnavailable) {
                return false;
            }
            throw e;
        }
    }

    private boolean move(IsolationTier tier, AtomicLong copied) {
        return get(new TenantMove(homes).move(ACME, tier, OWN_DATABASE, TABLES, copied::set));
    }

    private static Uni<Long> count(Tenancy tenancy, TenantId tenant) {
        return tenancy.readInTenant(tenant, in -> in.execute("SELECT count(*) FROM {home}.receipts_index"))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Uni<Long> countInOne(Tenancy tenancy, TenantId tenant) {
        return tenancy.listInTenant(tenant, COUNT, Tuple.tuple()).map(rows -> rows.get(0).getLong("seen"));
    }

    private List<Long> sequences(TenantId tenant) {
        return get(tenancy.readInTenant(tenant,
                in -> in.execute("SELECT ledger_sequence FROM {home}.receipts_index ORDER BY 1")).map(rows -> {
                    List<Long> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getLong(0)));
                    return found;
                }));
    }

    /** Rows as the index writes them: receipts, a head, an event for each, and the watermark. */
    private static Uni<Object> write(Tenancy tenancy, TenantId tenant, long first, int count) {
        return tenancy.inTenant(tenant, in -> Uni.join().all(
                in.execute("""
                        INSERT INTO {home}.receipts_index (tenant_id, receipt_id, ledger_sequence, kind, repo_id, evaluation_point,
                            plane, environment, emitter_service, degraded, timestamp_utc, received_at, kid, hash, chain_id,
                            chain_position, prev_hash, chain_hash, file, file_offset, line_length, signature_status,
                            parent_receipt_id, policy_version_ids)
                        SELECT $1, 'r' || n, n, 'decision', 'repo', 'unknown', 'ide', 'default', 'e', false, clock_timestamp(),
                               now(), 'kid', sha256(n::text::bytea), 'c', n, sha256(''), sha256(''), 'f "x"', n, 1, 'verified',
                               'r' || n / 2, (ARRAY[NULL, '{}', '{"a\\",{b}", d}'])[1 + n % 3]::text[]
                        FROM generate_series($2::bigint, $2 + $3 - 1) AS n
                        """, Tuple.of(tenant.value(), first, count)),
                in.execute("""
                        INSERT INTO {home}.outbox (channel, tenant_id, payload)
                        SELECT 'tenant-evidence', $1, jsonb_build_object('n', n, 'text', E'a"b\\\\c')
                        FROM generate_series($2::bigint, $2 + $3 - 1) AS n
                        """, Tuple.of(tenant.value(), first, count)),
                in.execute("""
                        INSERT INTO {home}.courier_batches (tenant_id, batch_id, number, emitter_service, batch_timestamp, merkle_root,
                            content_hash, receipts, sequences, first_sequence, last_sequence, file, file_offset, line_length, recorded_at)
                        SELECT $1, 'b' || n, n, 'e', now(), sha256(n::text::bytea), sha256(''), 2,
                               int8multirange(int8range(n, n + 1), int8range(n + 5, n + 6)), n, n + 5, 'f', n, 1, clock_timestamp()
                        FROM generate_series($2::bigint, $2 + $3 - 1) AS n
                        """, Tuple.of(tenant.value(), first, count)),
                in.execute("""
                        INSERT INTO {home}.receipt_words (tenant_id, word, timestamp_utc, ledger_sequence)
                        SELECT $1, word, timestamptz '2026-01-01' + n * interval '1 second', n
                        FROM generate_series($2::bigint, $2 + $3 - 1) AS n,
                             unnest(ARRAY['common', 'w' || n, '"a "badge" of ' || n % 7, E'q\\\\x' || n % 3]) AS word
                        """, Tuple.of(tenant.value(), first, count)),
                in.execute("""
                        INSERT INTO {home}.ledger_watermarks (tenant_id, journal_file, journal_offset, ledger_sequence)
                        VALUES ($1, 'f', 0, $2)
                        ON CONFLICT (tenant_id) DO UPDATE SET ledger_sequence = excluded.ledger_sequence
                        """, Tuple.of(tenant.value(), first + count - 1)))
                .andFailFast().replaceWith(new Object()));
    }

    private static List<String> ledgerTenants(MigratedPlane plane) throws SQLException {
        return plane.list("""
                SELECT DISTINCT tenant_id FROM (SELECT tenant_id FROM app.receipts_index UNION ALL SELECT tenant_id FROM app.outbox
                    UNION ALL SELECT tenant_id FROM app.ledger_watermarks UNION ALL SELECT tenant_id FROM app.chain_heads) AS all_rows
                """);
    }

    private static <T> T get(Uni<T> uni) {
        try {
            return uni.subscribeAsCompletionStage().get(WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
