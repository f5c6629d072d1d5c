package io.zeroui.shared.journal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acts and the tables that follow them: read what was written, one after the other, through a database that goes, and anew. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class JournalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.SHARED, RuntimePart.REDIS);

    @TempDir
    Path folder;
    @Inject
    Journal journal;
    @Inject
    JournalIndexer indexer;
    @Inject
    ObjectStore objects;
    @Inject
    DatabaseSchema schema;

    /** Adds numbers up in a table of the test's own. */
    @ApplicationScoped
    static class Sums implements Projection {

        static volatile boolean fails;

        @Override
        public Area area() {
            return Area.SUPPLY_CHAIN;
        }

        @Override
        public String name() {
            return "sums";
        }

        @Override
        public Uni<Void> apply(Statements in, List<Act> acts) {
            List<Act> ours = acts.stream().filter(act -> act.kind().equals("sum-test")).toList();
            if (fails) {
                return Uni.createFrom().failure(new IllegalStateException("told to fail"));
            }
            return ours.isEmpty() ? Uni.createFrom().voidItem()
                    : in.execute("INSERT INTO journal_test.sums SELECT * FROM unnest($1::int8[], $2::int8[])",
                            Tuple.of(ours.stream().map(Act::number).toArray(Long[]::new),
                                    ours.stream().map(act -> act.detail().path("n").longValue()).toArray(Long[]::new)))
                            .replaceWithVoid();
        }

        @Override
        public List<String> tables() {
            return List.of("journal_test.sums");
        }
    }

    @BeforeEach
    void table() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        run("CREATE SCHEMA IF NOT EXISTS journal_test");
        run("GRANT USAGE ON SCHEMA journal_test TO zeroui_shared_user");
        run("CREATE TABLE IF NOT EXISTS journal_test.sums (number int8 PRIMARY KEY, n int8 NOT NULL)");
        run("GRANT SELECT, INSERT ON journal_test.sums TO zeroui_shared_user");
    }

    @Test
    void whoeverWritesReadsWhatAllBeforeHimWrote() {
        List<CompletableFuture<Act>> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(count().subscribeAsCompletionStage());
        }
        all.forEach(CompletableFuture::join);
        assertThat(column("SELECT n FROM journal_test.sums WHERE n > 0 ORDER BY number")).containsExactlyElementsOf(
                LongStream.rangeClosed(1, all.size()).mapToObj(Long::toString).toList());
    }

    /** Writes one more than there are. */
    private Uni<Act> count() {
        return journal.write(Area.SUPPLY_CHAIN, "test", () -> Uni.createFrom()
                .item(() -> number(Long.parseLong(column("SELECT count(*) FROM journal_test.sums WHERE n > 0").get(0)) + 1))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    @Test
    void whatIsRefusedOrFailsLeavesNothing() {
        long before = last();
        assertThatThrownBy(() -> write(new ProblemException(ErrorCode.VALIDATION_ERROR, "no"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> write(new IllegalStateException("a fault"))).isInstanceOf(IllegalStateException.class);
        assertThat(last()).isEqualTo(before);
        assertThat(write(-1).number()).isEqualTo(before + 1);
    }

    @Test
    void anActIsThereThoughItsTablesComeLater() {
        Sums.fails = true;
        Act act;
        try {
            act = write(-2);
            assertThat(column("SELECT number FROM journal_test.sums WHERE number = " + act.number())).isEmpty();
            assertThatThrownBy(() -> write(-3)).isInstanceOfSatisfying(ProblemException.class,
                    problem -> assertThat(problem.code()).isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE));
            await().atMost(PATIENCE).until(() -> indexer.failure().contains("told to fail"));
        } finally {
            Sums.fails = false;
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(column("SELECT n FROM journal_test.sums WHERE number = " + act.number())).containsExactly("-2"));
        await().atMost(PATIENCE).until(() -> indexer.isCaughtUp() && indexer.failure().isEmpty());
    }

    @Test
    void tablesThatWereEmptiedComeToTheSameDigest() {
        assertThat(write(-4)).isNotNull();
        JournalDigest before = indexer.digest().await().atMost(PATIENCE);
        given().get("/v1/status/digest").then().statusCode(200).body("digest", equalTo(before.digest()))
                .body("rows", greaterThanOrEqualTo(1));
        run("TRUNCATE journal_test.sums");
        assertThat(indexer.digest().await().atMost(PATIENCE).digest()).isNotEqualTo(before.digest());
        run("DELETE FROM app.journal_positions WHERE projection = 'sums'");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(indexer.digest().await().atMost(PATIENCE)).isEqualTo(before));
    }

    @Test
    void tablesOfAnotherJournalAreNotAddedTo() {
        assertThat(write(-6)).isNotNull();
        List<String> hash = column("SELECT line_hash FROM app.journal_positions WHERE projection = 'sums'");
        run("UPDATE app.journal_positions SET line_hash = repeat('0', 64), number = number - 1 WHERE projection = 'sums'");
        try {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                try {
                    Act unexpected = write(-7);
                    return unexpected == null;
                } catch (ProblemException e) {
                    return String.valueOf(e.getMessage()).contains("reindex shared");
                }
            });
        } finally {
            run("UPDATE app.journal_positions SET line_hash = '" + hash.get(0) + "', number = number + 1 WHERE projection = 'sums'");
        }
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(ProblemException.class).until(() -> write(-8).number() > 0);
    }

    @Test
    void documentsAreKeptOnceAndCheckedWhenRead() throws IOException {
        byte[] content = "a document".getBytes(StandardCharsets.UTF_8);
        StoredObject first = objects.store(Area.SUPPLY_CHAIN, content).await().atMost(PATIENCE);
        Path file = Files.write(folder.resolve("document"), content);
        StoredObject second = objects.store(Area.SUPPLY_CHAIN, file).await().atMost(PATIENCE);
        assertThat(first).isEqualTo(new StoredObject(Hash.of(content), content.length, true));
        assertThat(second).isEqualTo(new StoredObject(Hash.of(content), content.length, false));
        assertThat(objects.read(Area.SUPPLY_CHAIN, first.hash()).await().atMost(PATIENCE)).isEqualTo(content);
        Path kept = objects.path(Area.SUPPLY_CHAIN, first.hash());
        Files.write(kept, "another".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> objects.read(Area.SUPPLY_CHAIN, first.hash()).await().atMost(PATIENCE)).hasMessageContaining("not what it was");
        Files.delete(kept);
        assertThatThrownBy(() -> objects.read(Area.SUPPLY_CHAIN, first.hash()).await().atMost(PATIENCE)).hasRootCauseInstanceOf(IOException.class);
        assertThat(kept.resolveSibling("..")).isNotEmptyDirectory();
        try (var left = Files.list(kept.resolveSibling("..").normalize())) {
            assertThat(left.filter(path -> path.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    private long last() {
        List<Act> acts = journal.read(Area.SUPPLY_CHAIN, 1, 10_000).await().atMost(PATIENCE);
        return acts.isEmpty() ? 0 : acts.get(acts.size() - 1).number();
    }

    private Act write(long value) {
        return journal.write(Area.SUPPLY_CHAIN, "test", () -> Uni.createFrom().item(number(value))).await().atMost(PATIENCE);
    }

    private Act write(RuntimeException failure) {
        return journal.write(Area.SUPPLY_CHAIN, "test", () -> Uni.createFrom().failure(failure)).await().atMost(PATIENCE);
    }

    private static Draft number(long value) {
        return new Draft("sum-test", JsonNodeFactory.instance.objectNode().put("n", value));
    }

    private static void run(String sql) {
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.SHARED)); Statement statement = connection.createStatement()) {
            assertThat(statement.execute(sql)).isFalse();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static List<String> column(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.SHARED)); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return values;
    }
}
