package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.formats.InvalidResults;
import io.zeroui.shared.evaluation.formats.ResultFiles;
import io.zeroui.shared.evaluation.formats.ResultLimits;
import io.zeroui.shared.evaluation.guard.TenantDataRule;
import io.zeroui.shared.evaluation.harness.DocumentKind;
import io.zeroui.shared.evaluation.harness.Fixture;
import io.zeroui.shared.evaluation.harness.Harness;
import io.zeroui.shared.evaluation.harness.SuiteDocument;
import io.zeroui.shared.evaluation.harness.VersionedDocument;
import io.zeroui.shared.evaluation.model.Direction;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Brings result files in: read, checked, kept as lines, and recorded with what they were made with. The same run is recorded once. */
@ApplicationScoped
public class RunImports {

    private static final int FIXTURES_MOST = 100_000;
    private static final int ID_DIGITS = 32;
    private static final int NAME_MOST = 200;

    private final Harness harness;
    private final RunStore store;
    private final Journal journal;
    private final ObjectStore objects;

    RunImports(Harness harness, RunStore store, Journal journal, ObjectStore objects) {
        this.harness = harness;
        this.store = store;
        this.journal = journal;
        this.objects = objects;
    }

    /** Before what a run is recorded. */
    private record Basis(ImportWish wish, VersionedDocument suite, String datasetDigest, Map<String, List<String>> tags) {
    }

    /** What was read. */
    private record Read(RunRecord.Facts facts, Path file) {
    }

    /**
     * Brings a file in.
     *
     * @param file stays as it is
     * @param progress gets how many results have been read
     * @return the run, an earlier one where it is the same; fails with 400 where the file is not what it should be, 404 where there is no such suite
     */
    public Uni<RunRecord> bring(ImportWish wish, Path file, LongConsumer progress) {
        return basis(wish)
                .chain(basis -> Uni.createFrom().item(() -> read(basis, file, progress)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .chain(read -> objects.store(Area.EVAL_RESULTS, read.file())
                                .onTermination().invoke(() -> delete(read.file()))
                                .chain(kept -> record(wish, with(read.facts(), kept.hash())))));
    }

    private Uni<Basis> basis(ImportWish wish) {
        return harness.get(DocumentKind.SUITE, wish.suite(), null).chain(suite -> {
            String pinned = suite.document().path("dataset_digest").asText("");
            String dataset = wish.datasetDigest() == null ? pinned : wish.datasetDigest();
            if (dataset.isEmpty()) {
                throw EvaluationProblem.invalid("dataset_digest", "is required, for the suite has no dataset");
            }
            if (!pinned.isEmpty() && !pinned.equals(dataset)) {
                throw EvaluationProblem.conflict("The suite's version pins another dataset");
            }
            return harness.fixtures(dataset, "", FIXTURES_MOST).map(fixtures -> new Basis(wish, suite, dataset, tags(fixtures)));
        });
    }

    private static Map<String, List<String>> tags(List<Fixture> fixtures) {
        Map<String, List<String>> tags = new HashMap<>();
        fixtures.forEach(fixture -> tags.put(fixture.fixture(), fixture.tags()));
        return tags;
    }

    /** Blocking. */
    private static Read read(Basis basis, Path file, LongConsumer progress) {
        MessageDigest digest = sha256();
        CollectedRun collected = new CollectedRun(basis.wish().variant(), basis.tags(), progress);
        try (InputStream in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest)) {
            RunFacts facts = ResultFiles.read(basis.wish().format(), in, ResultLimits.USUAL, collected);
            long rest = in.transferTo(OutputStream.nullOutputStream()); // the digest is of the whole file
            assert rest >= 0;
            List<List<ItemResult>> items = collected.items();
            RunRecord.Facts all = facts(basis, facts, collected, items, new Hash(digest.digest()), Files.size(file));
            Path kept = Files.createTempFile("zeroui-run-", ".jsonl");
            KeptResults.write(kept, RunFacts.NONE, items);
            return new Read(all, kept);
        } catch (InvalidResults e) {
            throw EvaluationProblem.refused(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunRecord.Facts facts(Basis basis, RunFacts told, CollectedRun collected, List<List<ItemResult>> items, Hash source, long bytes) {
        ImportWish wish = basis.wish();
        Map<String, Direction> directions = SuiteDocument.directions(basis.suite().document());
        TreeMap<String, List<ItemValues>> scores = ItemRows.scores(items);
        String model = wish.model() != null ? wish.model() : told.models().isEmpty() ? "" : told.models().get(0);
        if (model.isBlank() || model.length() > NAME_MOST) {
            throw EvaluationProblem.invalid("model", "is required, for the file does not say it");
        }
        requireNoTenant(model, told);
        int errors = (int) items.stream().flatMap(List::stream).filter(result -> !result.error().isEmpty()).count();
        return new RunRecord.Facts(basis.suite().name(), basis.suite().version(), basis.datasetDigest(), wish.codeDigest(), model, wish.modelDigest(),
                new RunRecord.Source(wish.format().key(), source.prefixed(), bytes, collected.variant()),
                new RunRecord.Tool(told.name(), told.task(), told.models(), told.createdAt(), told.reported()), "",
                new RunRecord.Counts(items.size(), collected.results(), errors, collected.removed(), collected.leftOut()),
                scores.entrySet().stream().map(score -> ScoreSummary.of(score.getKey(),
                        directions.getOrDefault(score.getKey(), Direction.HIGHER_IS_BETTER), score.getValue())).toList());
    }

    private static void requireNoTenant(String model, RunFacts told) {
        Stream.of(Stream.of(model, told.name(), told.task()), told.models().stream(), told.reported().keySet().stream()).flatMap(texts -> texts)
                .flatMap(text -> TenantDataRule.find(text).stream()).findFirst().ifPresent(found -> {
                    throw EvaluationProblem.invalid("name, task, models or figures of the file", "must have no tenants' data in it: " + found.what());
                });
    }

    private static RunRecord.Facts with(RunRecord.Facts facts, Hash results) {
        return new RunRecord.Facts(facts.suite(), facts.suiteVersion(), facts.datasetDigest(), facts.codeDigest(), facts.model(), facts.modelDigest(),
                facts.source(), facts.tool(), results.prefixed(), facts.counts(), facts.scores());
    }

    private Uni<RunRecord> record(ImportWish wish, RunRecord.Facts facts) {
        String runId = runId(facts);
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("run_id", runId);
        detail.set("facts", RunStore.JSON.valueToTree(facts));
        return store.find(runId).chain(there -> there.isPresent() ? Uni.createFrom().item(there.get())
                : journal.write(Area.EVAL_RESULTS, wish.by(), () -> store.find(runId).map(now -> draft(now, detail)))
                        .chain(act -> store.find(runId))
                        .map(found -> found.orElseThrow(() -> EvaluationProblem.missing("run in the tables yet"))));
    }

    private static Draft draft(Optional<RunRecord> now, ObjectNode detail) {
        if (now.isPresent()) {
            throw EvaluationProblem.conflict("Somebody has just recorded the same run, " + now.get().runId());
        }
        return new Draft(ResultsProjection.RECORDED, detail);
    }

    /** The same results of the same suite, made with the same, are one run: whoever brings the file in again gets it. */
    private static String runId(RunRecord.Facts facts) {
        ObjectNode what = JsonNodeFactory.instance.objectNode().put("results", facts.results()).put("suite", facts.suite())
                .put("suite_version", facts.suiteVersion()).put("dataset", facts.datasetDigest()).put("code", facts.codeDigest())
                .put("model", facts.model()).put("model_digest", facts.modelDigest()).put("source", facts.source().sha256());
        return Hash.of(CanonicalJson.of(what)).hex().substring(0, ID_DIGITS);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
