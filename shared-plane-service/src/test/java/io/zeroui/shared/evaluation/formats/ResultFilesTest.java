package io.zeroui.shared.evaluation.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.evaluation.model.Score;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFilesTest {

    private final List<ItemResult> results = new ArrayList<>();

    @Test
    void promptfoosOwnOutputIsRead() throws Exception {
        RunFacts facts = readResource(ResultFormat.PROMPTFOO, "promptfoo.json");

        assertThat(facts.name()).isEqualTo("eval-ju6-2026-11-22T18:45:44");
        assertThat(facts.task()).isEqualTo("Capitals of countries");
        assertThat(facts.createdAt()).isEqualTo(Instant.parse("2026-11-22T18:45:44.320Z"));
        assertThat(facts.models()).containsExactly("echo");
        assertThat(facts.reported()).containsEntry("successes", 4.0).containsEntry("failures", 8.0);
        assertThat(results).hasSize(12).extracting(ItemResult::variant).containsOnly("echo / short", "echo / long");
        assertThat(results).filteredOn(result -> result.variant().endsWith("short")).extracting(ItemResult::epoch)
                .containsExactlyInAnyOrder(1, 2, 1, 2, 1, 2);
        assertThat(results).extracting(ItemResult::item).filteredOn(item -> item.startsWith("France ")).hasSize(4).hasSameElementsAs(
                List.of(results.stream().map(ItemResult::item).filter(item -> item.startsWith("France ")).findFirst().orElseThrow()));
    }

    @Test
    void promptfoosScoresHaveTheirReasonsAndSayWhetherTheyPassed() throws Exception {
        readResource(ResultFormat.PROMPTFOO, "promptfoo.json");
        ItemResult france = results.stream().filter(result -> result.item().startsWith("France") && result.variant().endsWith("long")).findFirst()
                .orElseThrow();
        ItemResult australia = results.stream().filter(result -> result.item().startsWith("Australia")).findFirst().orElseThrow();

        assertThat(france.scores()).extracting(Score::name, Score::value, Score::passed).containsExactly(
                tuple("score", 0.5, false), tuple("correct", 1.0, true),
                tuple("brief", 0.0, false));
        assertThat(france.scores().get(2).reason()).startsWith("Custom function returned false");
        assertThat(france.error()).isEmpty();
        assertThat(france.input()).isEqualTo(Hash.of("Everybody knows that the capital of France is Paris, of course".getBytes(StandardCharsets.UTF_8)));
        assertThat(france.output()).isEqualTo(france.input());
        assertThat(australia.tags()).containsExactly("trap");
        assertThat(australia.scores()).extracting(Score::name).containsExactly("score", "correct", "assert 2 not-contains");
    }

    @Test
    void aLogOfOpenAisEvalsIsRead() throws Exception {
        RunFacts facts = readResource(ResultFormat.OPENAI_EVALS, "openai-evals.jsonl");

        assertThat(facts.name()).isEqualTo("230417220821DPM75QNS");
        assertThat(facts.createdAt()).isEqualTo(Instant.parse("2023-04-17T22:08:21.904498Z"));
        assertThat(facts.reported()).containsEntry("accuracy", 1 / 3.0);
        assertThat(results).extracting(ItemResult::item).containsExactly("test-match.s1.2", "test-match.s1.1", "test-match.s1.0");
        assertThat(results).extracting(result -> result.scores().get(0).value()).containsExactly(0.0, 1.0, 0.0);
        assertThat(results.stream().mapToDouble(result -> result.scores().get(0).value()).average().orElseThrow())
                .isEqualTo(facts.reported().get("accuracy"));
    }

    @Test
    void anInspectLogIsReadThoughAFigureOfItIsNoNumber() throws Exception {
        RunFacts facts = readResource(ResultFormat.INSPECT, "inspect.json");

        assertThat(facts.task()).isEqualTo("input_task");
        assertThat(facts.models()).containsExactly("openai/gpt-4o-mini");
        assertThat(facts.createdAt()).isEqualTo(Instant.parse("2024-11-05T18:31:45Z"));
        assertThat(facts.reported()).isEqualTo(Map.of("model_graded_fact.accuracy", 1.0));
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.item()).isEqualTo("1");
            assertThat(result.scores()).containsExactly(new Score("model_graded_fact", 1, true,
                    "Since both criteria—factual content and Gen Z tone—are met, I conclude with GRADE: C."));
        });
    }

    @ParameterizedTest
    @CsvSource({"'\"P\"',0.5,", "'\"I\"',0,false", "true,1,true", "'\"0.25\"',0.25,", "7,7,", "'\"no\"',0,false"})
    void inspectsValuesBecomeNumbers(String value, double number, Boolean passed) throws Exception {
        read(ResultFormat.INSPECT, inspect("{\"id\":\"a\",\"epoch\":3,\"scores\":{\"s\":{\"value\":" + value + "}}}"));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.epoch()).isEqualTo(3);
            assertThat(result.scores()).containsExactly(new Score("s", number, passed, ""));
        });
    }

    @Test
    void inspectsValuesOfSeveralPartsAreScoresOfTheirOwnAndWhatIsNoNumberIsNone() throws Exception {
        read(ResultFormat.INSPECT, inspect("{\"id\":\"a\",\"error\":{\"message\":\"broke\"},\"scores\":{\"s\":{\"value\":{\"x\":1,\"y\":\"C\",\"z\":\"??\"}},"
                + "\"n\":{\"value\":NaN},\"l\":{\"value\":[1,2]}}}"));

        assertThat(results.get(0).scores()).extracting(Score::name).containsExactly("s.x", "s.y");
        assertThat(results.get(0).error()).isEqualTo("broke");
    }

    @Test
    void theNthEventOfASampleIsItsNthEpoch() throws Exception {
        read(ResultFormat.OPENAI_EVALS, """
                {"sample_id":"a","type":"match","data":{"correct":true}}
                {"sample_id":"b","type":"metrics","data":{"choice":"Yes","score":0.5,"correct":true}}
                {"sample_id":"a","type":"match","data":{"correct":false}}
                {"sample_id":"c","type":"error","data":{"type":"E","message":"out of time"}}
                """);

        assertThat(results).extracting(result -> result.item() + " " + result.epoch() + " " + result.scores().stream().map(Score::value).toList())
                .containsExactly("a 1 [1.0]", "a 2 [0.0]", "b 1 [0.5, 1.0]", "c 1 []");
        assertThat(results.get(3).error()).isEqualTo("out of time");
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void whatIsWrittenIsReadAgain(ResultFormat format) throws Exception {
        List<ItemResult> written = List.of(
                new ItemResult("first item", 1, "", List.of(new Score("score", 1, true, "fine"), new Score("match", 0, false, "\"quoted\"\nline")),
                        List.of("smoke", "größer"), "", null, null),
                new ItemResult("first item", 2, "", List.of(new Score("score", 0.25, false, ""), new Score("match", 1, true, "")), List.of("smoke", "größer"),
                        "", null, null),
                new ItemResult("second", 1, "", List.of(new Score("score", 0, false, "x"), new Score("match", 0, false, "")), List.of(), "timed out", null,
                        null));
        RunFacts facts = new RunFacts("run-7", "capitals", List.of("m1"), Instant.parse("2026-11-22T10:00:00Z"), Map.of("accuracy", 0.5));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ResultFiles.Output out = ResultFiles.write(format, facts, file)) {
            for (ItemResult result : written) {
                out.take(result);
            }
        }

        RunFacts read = read(format, file.toString(StandardCharsets.UTF_8));

        assertThat(read.name()).isEqualTo("run-7");
        assertThat(read.task()).isEqualTo("capitals");
        assertThat(read.models()).containsExactly("m1");
        assertThat(results).extracting(ItemResult::item).containsExactly("first item", "first item", "second");
        assertThat(results).extracting(ItemResult::epoch).containsExactly(1, 2, 1);
        assertThat(results.stream().map(result -> result.scores().stream().collect(Collectors.toMap(Score::name, Score::value))).toList())
                .containsExactly(Map.of("score", 1.0, "match", 0.0), Map.of("score", 0.25, "match", 1.0), Map.of("score", 0.0, "match", 0.0));
        assertThat(results.get(2).error()).isEqualTo("timed out");
        if (format != ResultFormat.OPENAI_EVALS) {
            assertThat(results.get(0).tags()).containsExactly("smoke", "größer");
            assertThat(results.get(0).scores()).extracting(Score::reason).containsExactly("fine", "\"quoted\"\nline");
        }
    }

    @Test
    void linesKeepEverythingOfAResult() throws Exception {
        ItemResult whole = new ItemResult("x", 4, "m / p", List.of(new Score("s", -1e300, null, "because")), List.of("t"), "e", Hash.ZERO,
                Hash.of(new byte[]{1}));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ResultFiles.Output out = ResultFiles.write(ResultFormat.JSONL, RunFacts.NONE, file)) {
            out.take(whole);
        }

        assertThat(read(ResultFormat.JSONL, file.toString(StandardCharsets.UTF_8))).isEqualTo(RunFacts.NONE);
        assertThat(results).containsExactly(whole);
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void whatIsNoSuchFileIsRefused(ResultFormat format) {
        for (String text : List.of("", "   ", "[]", "7", "{", "{\"a\":", "{\"a\":1,\"a\":2}", "nonsense", "{}", "\u0000", "[".repeat(100_000),
                "{\"a\":".repeat(100_000), "{\"results\":{\"results\":[{}", "{\"samples\":[{\"id\":1}]")) {
            assertThatThrownBy(() -> read(format, text)).as(text.substring(0, Math.min(30, text.length()))).isInstanceOf(InvalidResults.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"item\":\"\"}", "{\"item\":\"a\",\"epoch\":0}", "{\"item\":\"a\",\"epoch\":99999999999}", "{\"item\":\"a\",\"what\":1}",
            "{\"item\":\"a\",\"scores\":{\"s\":1e999}}", "{\"item\":\"a\",\"scores\":{\"s\":NaN}}", "{\"item\":\"a\",\"scores\":{\"s\":{\"value\":\"1\"}}}",
            "{\"item\":\"a\",\"scores\":{\"\":1}}", "{\"item\":\"a\",\"input_sha256\":\"12\"}", "{\"item\":\"a\"} {\"item\":"})
    void aWrongLineIsNamed(String line) {
        assertThatThrownBy(() -> read(ResultFormat.JSONL, "{\"item\":\"ok\"}\n" + line)).isInstanceOfSatisfying(InvalidResults.class, refused -> {
            assertThat(refused.place()).contains("line 2");
            assertThat(refused.what()).isNotBlank();
        });
    }

    @Test
    void whatIsTooMuchIsRefusedBeforeItIsKept() {
        ResultLimits small = new ResultLimits(100_000, 3, 2, 20, 1_000);
        assertThatThrownBy(() -> read(ResultFormat.JSONL, "{\"item\":\"a\"}\n".repeat(4), small)).hasMessageContaining("at most 3 results");
        assertThatThrownBy(() -> read(ResultFormat.JSONL, "{\"item\":\"a\",\"scores\":{\"a\":1,\"b\":1,\"c\":1}}", small)).hasMessageContaining("at most 2 scores");
        assertThatThrownBy(() -> read(ResultFormat.JSONL, "{\"item\":\"" + "x".repeat(2_000) + "\"}", small)).hasMessageContaining("limit");
        assertThatThrownBy(() -> read(ResultFormat.INSPECT, "{\"plan\":" + "[".repeat(30) + "]".repeat(30) + "}", small)).hasMessageContaining("limit");
        assertThatThrownBy(() -> read(ResultFormat.INSPECT, inspect("{\"id\":1,\"events\":[\"" + "x".repeat(200_000) + "\"]}"), small))
                .hasMessageContaining("limit");
    }

    @Test
    void aHundredMillionCharactersThatNobodyLooksAtTakeNoMemory() throws Exception {
        byte[] head = "{\"eval\":{\"task\":\"t\"},\"attachments\":{".getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\"last\":1},\"samples\":[{\"id\":1,\"scores\":{\"s\":{\"value\":1}}}]}".getBytes(StandardCharsets.UTF_8);
        long[] peak = {0};
        InputStream endless = new SequenceInputStream(Collections.enumeration(List.of(new ByteArrayInputStream(head),
                new ManyMembers(100_000_000, peak), new ByteArrayInputStream(tail))));
        System.gc();
        long before = used();

        RunFacts facts = ResultFiles.read(ResultFormat.INSPECT, endless, ResultLimits.USUAL, results::add);

        assertThat(facts.task()).isEqualTo("t");
        assertThat(results).hasSize(1);
        System.gc();
        assertThat(used() - before).isLessThan(50L << 20);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private RunFacts readResource(ResultFormat format, String name) throws IOException, InvalidResults {
        try (InputStream in = Objects.requireNonNull(ResultFilesTest.class.getResourceAsStream("/evaluations/" + name), name)) {
            return ResultFiles.read(format, in, ResultLimits.USUAL, results::add);
        }
    }

    private RunFacts read(ResultFormat format, String text) throws IOException, InvalidResults {
        return read(format, text, ResultLimits.USUAL);
    }

    private RunFacts read(ResultFormat format, String text, ResultLimits limits) throws IOException, InvalidResults {
        return ResultFiles.read(format, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limits, results::add);
    }

    private static String inspect(String sample) {
        return "{\"version\":2,\"eval\":{\"task\":\"t\"},\"samples\":[" + sample + "]}";
    }

    /** Members with names that are all different. */
    private static final class ManyMembers extends InputStream {

        private final long most;
        private long given;
        private byte[] now = {};
        private int at;
        private int number;

        ManyMembers(long most, long[] peak) {
            this.most = most;
            assertThat(peak).hasSize(1);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == now.length) {
                if (given >= most) {
                    return -1;
                }
                StringBuilder some = new StringBuilder();
                for (int i = 0; i < 1_000; i++) {
                    some.append("\"member ").append(number++).append("\":\"a text that is not looked at\",");
                }
                now = some.toString().getBytes(StandardCharsets.UTF_8);
                at = 0;
                given += now.length;
            }
            int count = Math.min(length, now.length - at);
            System.arraycopy(now, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
