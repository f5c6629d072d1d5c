package io.zeroui.shared.evaluation.http;

import static io.restassured.RestAssured.given;
import static io.zeroui.shared.evaluation.http.EvaluationClient.COMMIT;
import static io.zeroui.shared.evaluation.http.EvaluationClient.DIGEST;
import static io.zeroui.shared.evaluation.http.EvaluationClient.get;
import static io.zeroui.shared.evaluation.http.EvaluationClient.imported;
import static io.zeroui.shared.evaluation.http.EvaluationClient.near;
import static io.zeroui.shared.evaluation.http.EvaluationClient.post;
import static io.zeroui.shared.evaluation.http.EvaluationClient.put;
import static io.zeroui.shared.evaluation.http.EvaluationClient.putLines;
import static io.zeroui.shared.evaluation.http.EvaluationClient.resource;
import static io.zeroui.shared.evaluation.http.EvaluationClient.run;
import static io.zeroui.shared.evaluation.http.EvaluationClient.send;
import static io.zeroui.shared.evaluation.http.EvaluationClient.suite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.shared.evaluation.formats.ResultFiles;
import io.zeroui.shared.evaluation.formats.ResultFormat;
import io.zeroui.shared.evaluation.formats.ResultLimits;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.verdicts.Verdicts;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class EvaluationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    DatabaseSchema schema;
    @Inject
    Verdicts verdicts;

    @BeforeEach
    void awaitSchema() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void theSameFixturesAreTheSameVersionInWhateverOrderAndOthersAreTheNext() {
        putLines("versions", "{\"id\":\"b\",\"input\":\"2\"}\n{\"input\":\"1\",\"id\":\"a\",\"tags\":[\"smoke\"]}\n").statusCode(200).body("version", equalTo(1))
                .body("document.fixtures", equalTo(2));
        String digest = putLines("versions", "{\"tags\":[\"smoke\"],\"id\":\"a\",\"input\":\"1\"}\r\n\r\n{\"id\":\"b\",\"input\":\"2\"}").statusCode(200)
                .body("version", equalTo(1)).extract().path("digest");
        putLines("versions", "{\"id\":\"a\",\"input\":\"1\"}").statusCode(200).body("version", equalTo(2));

        get("datasets/versions/versions").body("items.version", equalTo(List.of(2, 1)));
        get("datasets/versions?version=1").statusCode(200).body("digest", equalTo(digest));
        get("datasets/versions/fixtures?version=1&limit=1").body("items[0].fixture", equalTo("a")).body("items[0].tags", equalTo(List.of("smoke")))
                .body("next", equalTo("a"));
        get("datasets/versions/fixtures?version=1&after=a").body("items.fixture", equalTo(List.of("b"))).body("next", equalTo(null));
        assertThat(get("datasets/versions/content?version=1").statusCode(200).extract().asString())
                .isEqualTo("{\"id\":\"a\",\"input\":\"1\",\"tags\":[\"smoke\"]}\n{\"id\":\"b\",\"input\":\"2\"}\n");
        String tag = get("datasets/versions").statusCode(200).extract().header("ETag");
        given().header("If-None-Match", tag).get("/v1/evaluations/datasets/versions").then().statusCode(304);
        get("datasets?after=version&limit=1").body("items.name", equalTo(List.of("versions"))).body("next", equalTo("versions"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
            "{\"id\":\"a\",\"input\":{\"tenant_id\":\"acme\"}} | line 1, /input/tenant_id",
            "{\"id\":\"a\",\"input\":\"{\\\"receipt_id\\\":\\\"x\\\"}\"} | line 1, /input",
            "{\"id\":\"a\",\"input\":\"mail jane.doe@corp.example.org\"} | line 1, /input",
            "{\"id\":\"a\",\"input\":\"x\",\"metadata\":{\"password\":\"hunter2hunter2\"}} | line 1, /metadata/password",
            "{\"id\":\"a\"} | line 1, /input", "{\"input\":1} | line 1, /id", "{\"id\":\"a\",\"input\":1,\"what\":2} | line 1", "nonsense | line 1",
            "{\"id\":\"a\",\"input\":1,\"tags\":\"x\"} | line 1, /tags"})
    void aFixtureWithTenantsDataOrOfNoFormIsRefusedByItsPlace(String line, String place) {
        putLines("refused", line).statusCode(400).body("error.code", equalTo("VALIDATION_ERROR")).body("error.details.place", equalTo(place))
                .body("detail", not(containsString("acme"))).body("detail", not(containsString("jane")));
        get("datasets/refused").statusCode(404);
    }

    @Test
    void promptfoosFileBecomesARunForTheVariantThatIsChosen() {
        put("suites/capitals-of-countries", "{\"description\":\"Capitals\",\"graders\":[{\"name\":\"score\",\"kind\":\"program\"}]}").statusCode(200);
        Map<String, Object> wish = new HashMap<>(Map.of("format", "promptfoo", "suite", "capitals-of-countries", "code_digest", COMMIT,
                "model_digest", DIGEST, "dataset_digest", DIGEST));
        Response without = imported(wish, resource("promptfoo.json"));
        assertThat(without.<String> path("problem")).contains("several runs", "echo / long, echo / short");

        wish.put("variant", "echo / short");
        Response done = imported(wish, resource("promptfoo.json"));
        assertThat(done.<String> path("state")).as(done.asString()).isEqualTo("done");
        String id = done.path("run");
        assertThat(imported(wish, resource("promptfoo.json")).<String> path("run")).as("the same run").isEqualTo(id);

        get("runs/" + id).statusCode(200).body("facts.counts.items", equalTo(3)).body("facts.counts.results", equalTo(6)).body("facts.model", equalTo("echo"))
                .body("facts.scores.find { it.name == 'score' }.mean", near(0.75f, 1e-6)).body("facts.source.variant", equalTo("echo / short"))
                .body("facts.tool.name", equalTo("eval-ju6-2026-11-22T18:45:44"));
        get("runs/" + id + "/items?tag=trap").body("items.size()", equalTo(1)).body("items[0].epochs", equalTo(2))
                .body("items[0].outcomes[1].epoch", equalTo(2)).body("items[0].outcomes[0].scores.correct.passed", equalTo(false));
        get("runs?suite=capitals-of-countries").body("items.run_id", equalTo(List.of(id)));
        get("suites/capitals-of-countries/trend").body("points.run_id", equalTo(List.of(id))).body("points[0].score.mean", near(0.75f, 1e-6));
    }

    @ParameterizedTest
    @CsvSource({"inspect,inspect.json,1", "openai-evals,openai-evals.jsonl,3"})
    void filesOfOtherToolsAreBroughtIn(String format, String file, int items) {
        suite("tools");
        Response done = imported(Map.of("format", format, "suite", "tools", "code_digest", DIGEST, "model_digest", DIGEST, "dataset_digest", DIGEST),
                resource(file));
        assertThat(done.<String> path("state")).as(done.asString()).isEqualTo("done");
        get("runs/" + done.path("run")).body("facts.counts.items", equalTo(items)).body("facts.source.format", equalTo(format));
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void aRunIsExportedInEveryFormat(ResultFormat format) throws Exception {
        suite("exports");
        String id = run("exports", "m", "{\"item\":\"a\",\"scores\":{\"match\":{\"value\":1,\"passed\":true}}}\n{\"item\":\"b\",\"scores\":{\"match\":"
                + "{\"value\":0,\"passed\":false}}}");
        byte[] file = get("runs/" + id + "/export?format=" + format.key()).statusCode(200).header("Content-Type", containsString(format.mediaType()))
                .extract().asByteArray();
        List<ItemResult> results = new ArrayList<>();

        assertThat(ResultFiles.read(format, new ByteArrayInputStream(file), ResultLimits.USUAL, results::add)).isNotNull();
        assertThat(results).extracting(result -> result.item() + " " + result.scores().stream().filter(score -> score.name().equals("match"))
                .findFirst().orElseThrow().value()).containsExactly("a 1.0", "b 0.0");
    }

    @Test
    void runsAreComparedItemByItemRegressionsFirst() {
        suite("compared");
        String before = run("compared", "old", lines(List.of("a", "b", "c", "d"), List.of(1, 1, 0, 1)));
        String after = run("compared", "new", lines(List.of("a", "b", "c", "e"), List.of(1, 0, 1, 1)));

        get("comparison?score=match&baseline=" + before + "&candidate=" + after).statusCode(200).body("method", equalTo("paired-student-t"))
                .body("difference.items", equalTo(3)).body("difference.mean", near(0f, 1e-6)).body("difference.low", near(-2.484, 0.001))
                .body("items.item", equalTo(List.of("b", "d", "a", "e", "c")))
                .body("items.change", equalTo(List.of("regressed", "missing", "unchanged", "added", "better")));
        get("comparison?score=match&limit=1&after=b&baseline=" + before + "&candidate=" + after).body("items.item", equalTo(List.of("d")));
        String tag = get("comparison?score=match&baseline=" + before + "&candidate=" + after).extract().header("ETag");
        given().header("If-None-Match", tag).get("/v1/evaluations/comparison?score=match&baseline=" + before + "&candidate=" + after).then().statusCode(304);
    }

    @Test
    void aGateDecidesAndItsVerdictIsToldUntilItExpires() {
        suite("gated");
        String before = run("gated", "vendor/model", lines(List.of("a", "b"), List.of(1, 1)));
        String after = run("gated", "vendor/model", lines(List.of("a", "b"), List.of(1, 0)));
        put("gates/next-ring", "{\"suite\":\"gated\",\"valid_for\":\"P1D\",\"criteria\":[{\"kind\":\"bound\",\"score\":\"match\",\"value\":0.5},"
                + "{\"kind\":\"no_regression\",\"score\":\"match\"},{\"kind\":\"items\",\"least\":2}]}").statusCode(200).body("version", equalTo(1));
        String subject = ",\"subject\":{\"kind\":\"policy\",\"id\":\"licences\",\"version\":\"1.1\"}}";

        post("gates/next-ring/verdicts", "{\"run\":\"" + after + "\",\"baseline\":\"" + before + "\"" + subject).statusCode(201).body("passed", equalTo(false))
                .body("reasons.met", equalTo(List.of(true, false, true))).body("reasons[1].text", containsString(": b"));
        assertThat(told("licences").verdict()).isEqualTo(GateVerdict.Verdict.FAIL);
        assertThat(told("licences").reasons().get(0)).as("what is not met comes first").contains(": b");

        post("gates/next-ring/verdicts", "{\"run\":\"" + before + "\",\"baseline\":\"" + before + "\"" + subject).statusCode(201).body("passed", equalTo(true));
        assertThat(told("licences")).satisfies(verdict -> {
            assertThat(verdict.verdict()).isEqualTo(GateVerdict.Verdict.PASS);
            assertThat(verdict.run()).isEqualTo(before);
            assertThat(verdict.expiresAt()).isEqualTo(verdict.decidedAt().plus(Duration.ofDays(1)));
        });
        get("verdicts?gate=next-ring&subject_kind=policy&subject_id=licences").body("items.passed", equalTo(List.of(true, false)));
        post("gates/next-ring/verdicts", "{\"run\":\"" + after + "\",\"subject\":{\"kind\":\"model\",\"id\":\"vendor/other\",\"version\":\"1\"}}").statusCode(409);
        post("gates/next-ring/verdicts", "{\"run\":\"" + after + "\",\"subject\":{\"kind\":\"model\",\"id\":\"vendor/model\",\"version\":\"1\"}}").statusCode(201)
                .body("passed", equalTo(false)).body("reasons[1].text", containsString("no baseline"));
    }

    private GateVerdict told(String subject) {
        List<GateVerdict> all = verdicts.verdicts().await().atMost(PATIENCE).stream().filter(one -> one.subjectId().equals(subject)).toList();
        assertThat(all).as("the newest alone").hasSize(1);
        return all.get(0);
    }

    @Test
    void whatTellsOfATenantIsRefusedInResultsAndWhatElseMustNotBeThereIsRemoved() {
        suite("clean");
        Map<String, String> wish = Map.of("format", "jsonl", "suite", "clean", "code_digest", DIGEST, "model", "m", "model_digest", DIGEST, "dataset_digest",
                DIGEST);
        Response refused = imported(wish, bytes("{\"item\":\"a\",\"scores\":{\"match\":{\"value\":1,\"reason\":\"it said {\\\"tenant_id\\\": \\\"acme\\\"}\"}}}"));
        assertThat(refused.<String> path("problem")).contains("item 1, reason of match").doesNotContain("acme");
        assertThat(imported(wish, bytes("{\"item\":\"receipt-1732300000000-0123456789abcdef\"}")).<String> path("problem")).contains("item 1, id");

        Response done = imported(wish, bytes("{\"item\":\"a\",\"scores\":{\"match\":{\"value\":1,\"reason\":\"ask jane.doe@corp.example.org for it\"}}}"));
        get("runs/" + done.path("run")).body("facts.counts.removed", equalTo(1));
        get("runs/" + done.path("run") + "/items").body("items[0].outcomes[0].scores.match.reason", equalTo("ask [personal data removed] for it"));
    }

    @Test
    void artifactsAreNamedByTheirHashAndPlace() {
        suite("artifacts");
        String id = run("artifacts", "m", lines(List.of("a"), List.of(1)));
        String artifact = "{\"name\":\"report\",\"sha256\":\"" + DIGEST + "\",\"bytes\":7,\"place\":\"https://files.example/report.html\"}";

        post("runs/" + id + "/artifacts", artifact).statusCode(201);
        post("runs/" + id + "/artifacts", artifact).statusCode(409);
        get("runs/" + id + "/artifacts").body("items.name", hasItem("report"));
        post("runs/" + id + "/artifacts", artifact.replace("https://files", "https://user:secret@files")).statusCode(400);
        post("runs/" + id + "/artifacts", artifact.replace("report.html", "report.html?token=1")).statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datasets?limit=0", "datasets/A_B", "suites?limit=1001", "suites/x/versions?before=0", "runs?suite=UP", "runs?before=-1",
            "comparison?baseline=" + "0123456789abcdef0123456789abcdef&confidence=1", "verdicts?subject_kind=tenant", "runs?limit=x"})
    void aWrongQuestionIsAProblem(String query) {
        get(query).statusCode(query.endsWith("=x") ? 404 : 400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"datasets/none", "suites/none", "gates/none", "runs/0123456789abcdef0123456789abcdef", "runs/x", "imports/x", "suites/none/trend",
            "imports/00000000-0000-0000-0000-000000000000", "comparison?baseline=x&candidate=y", "runs/0123456789abcdef0123456789abcdef/export"})
    void whatIsNotThereIsNotFound(String query) {
        get(query).statusCode(404).body("error.code", equalTo("RESOURCE_NOT_FOUND"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"graders\":[]}", "{\"graders\":[{\"name\":\"a\"},{\"name\":\"a\"}]}", "{\"graders\":[{\"name\":\"a\",\"kind\":\"guess\"}]}",
            "{\"graders\":[{\"name\":\"a\",\"direction\":\"up\"}]}", "{\"graders\":[{\"name\":\"a\"}],\"more\":1}", "{\"graders\":[{\"name\":\"a\",\"config_digest\":\"1\"}]}",
            "{\"graders\":[{\"name\":\"a\"}],\"graders\":[]}", "{\"description\":\"x-tenant-id: acme\",\"graders\":[{\"name\":\"a\"}]}"})
    void aWrongSuiteIsRefused(String body) {
        put("suites/wrong", body).statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"suite\":\"wrong\"}", "{\"suite\":\"w\",\"criteria\":[{\"kind\":\"luck\"}]}", "{\"suite\":\"w\",\"criteria\":[{\"kind\":\"bound\",\"score\":\"s\"}]}",
            "{\"suite\":\"w\",\"criteria\":[{\"kind\":\"errors\",\"share\":2}]}", "{\"suite\":\"w\",\"criteria\":[{\"kind\":\"items\",\"least\":1,\"score\":\"s\"}]}",
            "{\"suite\":\"w\",\"valid_for\":\"PT0S\",\"criteria\":[{\"kind\":\"items\",\"least\":1}]}",
            "{\"suite\":\"w\",\"confidence\":1,\"criteria\":[{\"kind\":\"items\",\"least\":1}]}"})
    void aWrongGateIsRefused(String body) {
        put("gates/wrong", body).statusCode(400).contentType("application/problem+json");
        put("gates/wrong", "{\"suite\":\"none\",\"criteria\":[{\"kind\":\"items\",\"least\":1}]}").statusCode(404);
    }

    @Test
    void aWrongFileOrWishIsRefused() {
        suite("wishes");
        Map<String, String> right = Map.of("format", "jsonl", "suite", "wishes", "code_digest", COMMIT, "model", "m", "model_digest", DIGEST, "dataset_digest",
                DIGEST);
        for (Map.Entry<String, String> wrong : Map.of("format", "csv", "suite", "A B", "code_digest", "main", "model_digest", "gpt", "dataset_digest", "1",
                "variant", "x".repeat(401), "model", "jane.doe@corp.example.org").entrySet()) {
            Map<String, String> wish = new HashMap<>(right);
            wish.put(wrong.getKey(), wrong.getValue());
            assertThat(send(wish, bytes("{\"item\":\"a\"}")).statusCode()).as(wrong.getKey()).isEqualTo(400);
        }
        for (String text : List.of("", "nonsense", "{\"item\":\"a\"}\n{\"item\":", "{\"item\":\"a\",\"epoch\":1}\n{\"item\":\"a\",\"epoch\":1}", "[".repeat(50_000))) {
            assertThat(imported(right, bytes(text)).<String> path("state")).as(text.substring(0, Math.min(20, text.length()))).isEqualTo("refused");
        }
        Map<String, String> elsewhere = new HashMap<>(right);
        elsewhere.put("suite", "no-such-suite");
        assertThat(imported(elsewhere, bytes("{\"item\":\"a\"}")).<String> path("problem")).contains("no such suite");
    }

    @Test
    void thatAFileIsWhatItWasIsNotEnoughWhereTheSuitePinsAnotherDataset() {
        String digest = putLines("pinned", "{\"id\":\"a\",\"input\":\"1\",\"tags\":[\"critical\"]}").extract().path("digest");
        put("suites/pins", "{\"dataset\":\"pinned\",\"graders\":[{\"name\":\"match\"}]}").statusCode(200).body("document.dataset_digest", equalTo(digest))
                .body("document.dataset_version", equalTo(1));
        Map<String, String> wish = new HashMap<>(Map.of("format", "jsonl", "suite", "pins", "code_digest", COMMIT, "model", "m", "model_digest", DIGEST));
        byte[] lines = bytes(lines(List.of("a"), List.of(1)));

        Response done = imported(wish, lines);
        get("runs/" + done.path("run") + "/items").body("items[0].tags", equalTo(List.of("critical")));
        wish.put("dataset_digest", DIGEST);
        assertThat(imported(wish, lines).<String> path("problem")).contains("pins another dataset");
    }

    private static String lines(List<String> items, List<Integer> values) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            lines.append("{\"item\":\"").append(items.get(i)).append("\",\"scores\":{\"match\":{\"value\":").append(values.get(i)).append(",\"passed\":")
                    .append(values.get(i) == 1).append("}}}\n");
        }
        return lines.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
