package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.Plane;
import io.zeroui.shared.alerts.rules.AlertRule;
import io.zeroui.shared.alerts.rules.AlertRules;
import io.zeroui.testing.metrics.MetricUse;
import io.zeroui.testing.metrics.ObservabilityFiles;
import io.zeroui.testing.metrics.PromExpression;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in deploy/observability, as far as no service must run for it. */
class ObservabilityFilesTest {

    private static final List<String> DASHBOARDS = List.of("overview", "ide", "tenant", "product", "shared");
    private static final int COLUMNS = 24;

    @Test
    void thereIsADashboardForEveryPlaneAndOneForAllEachWithAnIdOfItsOwn() throws IOException {
        try (Stream<Path> files = Files.list(ObservabilityFiles.folder().resolve("grafana/dashboards"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).containsExactlyInAnyOrderElementsOf(
                    DASHBOARDS.stream().map(name -> name + ".json").toList());
        }
        assertThat(DASHBOARDS.stream().map(name -> ObservabilityFiles.dashboard(name).path("uid").asText())).doesNotHaveDuplicates().doesNotContain("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "ide", "tenant", "product", "shared"})
    void panelsLieBesideEachOtherAndAskTheChosenDataSource(String name) {
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : ObservabilityFiles.dashboard(name).path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add((place.path("x").asInt() + x) + " " + (place.path("y").asInt() + y))).as(panel.path("title").asText()).isTrue();
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            }
        }
        assertThat(ObservabilityFiles.dashboard(name).at("/templating/list/0/name").asText()).isEqualTo("datasource");
    }

    @Test
    void everyExpressionIsUnderstood() {
        for (Plane plane : Plane.values()) {
            for (ObservabilityFiles.Query query : ObservabilityFiles.of(plane.key())) {
                assertThat(PromExpression.of(query.text()).metrics()).as(query.place()).isNotEmpty();
            }
        }
    }

    /** The seeds' bounds are the same for Prometheus and for the shared plane. */
    @ParameterizedTest
    @CsvSource({"ZeroUIConnections, connections", "ZeroUILatency, latency", "ZeroUIVectorLatency, vector-latency", "ZeroUIBackupAge, backup-age",
            "ZeroUIRedisMemory, redis-memory", "ZeroUIDisk, disk"})
    void boundsAndTimesAreThoseOfTheSharedPlane(String alert, String rule) {
        for (String severity : List.of("warning", "critical")) {
            same(alert(alert + severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1)), rule(rule + "-" + severity));
        }
    }

    @ParameterizedTest
    @CsvSource({"ZeroUICacheHits, cache-hits-warning", "ZeroUIReplicationLag, replication-lag-warning", "ZeroUIBackupMissing, backup-missing"})
    void soAreThoseThatStandAlone(String alert, String rule) {
        same(alert(alert), rule(rule));
    }

    @ParameterizedTest
    @CsvSource({"ZeroUIBudgetBurnFast, budget-burn-fast-critical, 1h, 5m", "ZeroUIBudgetBurn, budget-burn-critical, 6h, 30m",
            "ZeroUIBudgetBurnSlow, budget-burn-slow-warning, 3d, 6h"})
    void burnRatesHaveTheSpansOfTheSharedPlane(String alert, String rule, String longSpan, String shortSpan) {
        AlertRule found = rule(rule);
        assertThat(String.valueOf(alert(alert).get("expr"))).contains("ratio_rate" + longSpan + " > " + number(found.threshold()) + " * 0.001")
                .contains("ratio_rate" + shortSpan + " > " + number(found.threshold()) + " * 0.001");
        assertThat(found.thresholds().stream().map(one -> one.figure())).containsExactly("slo_burn_" + longSpan + "_permille",
                "slo_burn_" + shortSpan + "_permille");
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyPlaneIsScrapedUnderItsNameAtItsPort() {
        Map<String, String> targets = new TreeMap<>();
        for (Map<String, Object> job : (List<Map<String, Object>>) ObservabilityFiles.yaml("prometheus.yml").getOrDefault("scrape_configs", List.of())) {
            Map<String, Object> scraped = ((List<Map<String, Object>>) job.get("static_configs")).get(0);
            targets.put(job.get("job_name") + " " + job.get("metrics_path"), scraped.get("targets") + " " + scraped.get("labels"));
        }
        assertThat(targets).containsOnly(Map.entry("zeroui-ide /q/metrics", "[127.0.0.1:8086] {plane=ide}"),
                Map.entry("zeroui-tenant /q/metrics", "[127.0.0.1:8083] {plane=tenant}"),
                Map.entry("zeroui-product /q/metrics", "[127.0.0.1:8084] {plane=product}"),
                Map.entry("zeroui-shared /q/metrics", "[127.0.0.1:8085] {plane=shared}"));
    }

    @Test
    void metricsAndLabelsAreFoundInAnExpression() {
        PromExpression expression = PromExpression.of("histogram_quantile(0.99, sum by (le, plane) (rate(a_bucket{x=\"1}\",y=~\"(b)[^/]\"}[5m]))) > 1e3"
                + " and on (plane) b / ignoring (z) group_left c:d");
        assertThat(expression.metrics()).containsExactly(new MetricUse("a_bucket", Set.of("x", "y"), Map.of("x", "1}")), new MetricUse("b", Set.of(), Map.of()),
                new MetricUse("c:d", Set.of(), Map.of()));
        assertThat(expression.groupings()).containsExactlyInAnyOrder("le", "plane", "z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rat(a[5m])", "sum(a", "a{b}", "a{b=1}", "a[5m", "sum by (a", "rate", "a{b=\"c\""})
    void whatIsNoExpressionIsRefused(String text) {
        assertThatThrownBy(() -> PromExpression.of(text)).isInstanceOf(RuntimeException.class);
    }

    /** Where Debian's package prometheus is installed. */
    @Test
    void promtoolTakesRulesAndSettings() throws IOException, InterruptedException {
        assumeThat(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")))).as("promtool is installed").isTrue();
        for (List<String> check : List.of(List.of("check", "rules", "rules.yml"), List.of("check", "config", "--syntax-only", "prometheus.yml"))) {
            List<String> command = new ArrayList<>(List.of("promtool"));
            command.addAll(check);
            Process process = new ProcessBuilder(command).directory(ObservabilityFiles.folder().resolve("prometheus").toFile()).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        }
    }

    private static void same(Map<String, Object> alert, AlertRule rule) {
        String expression = String.valueOf(alert.get("expr")).strip();
        assertThat(Double.parseDouble(expression.substring(expression.lastIndexOf(' ') + 1))).as(expression).isEqualTo(rule.threshold());
        assertThat(expression).contains(rule.thresholds().get(0).above() ? " > " : " < ");
        assertThat(alert.get("for")).isEqualTo(rule.hold().toMinutes() + "m");
        assertThat(alert.get("labels")).isEqualTo(Map.of("severity", rule.severity().key()));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static AlertRule rule(String name) {
        return AlertRules.all().stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
    }

    private static Map<String, Object> alert(String name) {
        Map<String, Map<String, Object>> alerts = ObservabilityFiles.rules().values().stream().flatMap(List::stream).filter(rule -> rule.containsKey("alert"))
                .collect(Collectors.toMap(rule -> String.valueOf(rule.get("alert")), rule -> rule));
        assertThat(alerts).containsKey(name);
        return alerts.get(name);
    }
}
