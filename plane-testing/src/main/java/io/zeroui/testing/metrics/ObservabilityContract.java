package io.zeroui.testing.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every metric, label and value that rules and dashboards ask of a plane is there while it runs. Each plane service extends it. */
public abstract class ObservabilityContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What Prometheus adds. */
    private static final Set<String> TARGET_LABELS = Set.of("job", "instance", "plane");
    private static final Set<String> PROMETHEUS = Set.of("up");

    private final String plane;


    /** The contract of the plane with this key. */
    protected ObservabilityContract(String plane) {
        this.plane = plane;
    }

    /** Lets happen what must have happened once for its metrics to be there. */
    protected void prepare() {
        RestAssured.given().get("/v1/status").then().statusCode(200);
    }

    @Test
    void whatRulesAndDashboardsAskForIsThere() {
        prepare();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(missing(Exposition.of(RestAssured.given().get("/q/metrics").asString()))).isEmpty());
    }

    @Test
    void aMetricALabelOrAValueThatIsNotThereIsFound() {
        Exposition few = Exposition.of("up_to_now{state=\"a\",le=\"+Inf\"} 1.0\n");
        assertThat(faults("x", "up_to_now{state=\"a\"}", few)).isEmpty();
        assertThat(faults("x", "up_to_know", few)).containsExactly("x: up_to_know is not there");
        assertThat(faults("x", "sum by (other) (up_to_now{state=~\"b.*\"})", few)).containsExactly("x: nothing has the label other");
        assertThat(faults("x", "rate(up_to_now{kind=\"a\"}[5m])", few)).containsExactly("x: up_to_now has no label kind");
        assertThat(faults("x", "up_to_now{state=\"b\"} > 3", few)).containsExactly("x: up_to_now has no state b");
        assertThat(faults("x", "up_to_know{job=\"zeroui-nobody\"}", few)).isEmpty();
    }

    private List<String> missing(Exposition found) {
        List<ObservabilityFiles.Query> queries = ObservabilityFiles.of(plane);
        assertThat(queries).hasSizeGreaterThan(40);
        List<String> missing = new ArrayList<>();
        for (ObservabilityFiles.Query query : queries) {
            missing.addAll(faults(query.place(), query.text(), found));
            Set<String> labels = labels(PromExpression.of(query.text()), found);
            query.shown().stream().filter(label -> !labels.contains(label)).forEach(label -> missing.add(query.place() + ": shows no " + label));
        }
        return missing;
    }

    private List<String> faults(String place, String text, Exposition found) {
        PromExpression expression = PromExpression.of(text);
        Set<String> recorded = ObservabilityFiles.recorded();
        List<String> faults = new ArrayList<>();
        for (MetricUse use : expression.metrics()) {
            if (PROMETHEUS.contains(use.name()) || recorded.contains(use.name()) || isOthers(use)) {
                continue;
            }
            Map<String, Set<String>> labels = found.labels().get(use.name());
            if (labels == null) {
                faults.add(place + ": " + use.name() + " is not there");
                continue;
            }
            for (String label : use.labels()) {
                if (!TARGET_LABELS.contains(label) && !labels.containsKey(label)) {
                    faults.add(place + ": " + use.name() + " has no label " + label);
                } else if (!TARGET_LABELS.contains(label) && use.values().containsKey(label) && !labels.getOrDefault(label, Set.of()).contains(use.values().get(label))) {
                    faults.add(place + ": " + use.name() + " has no " + label + " " + use.values().get(label));
                }
            }
        }
        Set<String> all = labels(expression, found);
        if (faults.isEmpty()) {
            expression.groupings().stream().filter(label -> !all.contains(label)).forEach(label -> faults.add(place + ": nothing has the label " + label));
        }
        return faults;
    }

    /** Labels of the metrics of an expression; of what is asked of another plane every label is taken for there. */
    private Set<String> labels(PromExpression expression, Exposition found) {
        Set<String> labels = new HashSet<>(TARGET_LABELS);
        for (MetricUse use : expression.metrics()) {
            if (isOthers(use)) {
                labels.addAll(expression.groupings());
            }
            labels.addAll(found.labels().getOrDefault(use.name(), Map.of()).keySet());
        }
        return labels;
    }

    private boolean isOthers(MetricUse use) {
        String job = use.values().get("job");
        return job != null && !job.equals("zeroui-" + plane);
    }
}
