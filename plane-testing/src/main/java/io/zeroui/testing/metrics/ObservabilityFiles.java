package io.zeroui.testing.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.testing.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What {@code deploy/observability} asks of whom. */
public final class ObservabilityFiles {

    private static final Path FOLDER = Checkout.root().resolve("deploy").resolve("observability");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*([a-zA-Z_]+)\\s*\\}\\}");

    private ObservabilityFiles() {
    }

    /**
     * An expression.
     *
     * @param place where it stands
     * @param text the expression
     * @param shown labels that its legend shows
     */
    public record Query(String place, String text, Set<String> shown) {
    }

    /** The folder. */
    public static Path folder() {
        return FOLDER;
    }

    /** A dashboard. */
    public static JsonNode dashboard(String name) {
        try {
            return JSON.readTree(Files.readAllBytes(FOLDER.resolve("grafana").resolve("dashboards").resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The groups of rules, by their names. */
    @SuppressWarnings("unchecked")
    public static Map<String, List<Map<String, Object>>> rules() {
        Map<String, List<Map<String, Object>>> groups = new LinkedHashMap<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) yaml("rules.yml").getOrDefault("groups", List.of())) {
            groups.put(String.valueOf(group.get("name")), (List<Map<String, Object>>) group.get("rules"));
        }
        return groups;
    }

    /** A file of Prometheus' settings. */
    public static Map<String, Object> yaml(String name) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FOLDER.resolve("prometheus").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of what the rules record. */
    public static Set<String> recorded() {
        Set<String> names = new HashSet<>();
        rules().values().forEach(rules -> rules.stream().filter(rule -> rule.containsKey("record"))
                .forEach(rule -> names.add(String.valueOf(rule.get("record")))));
        return names;
    }

    /** Expressions that are asked of a plane: those of its dashboard and of the one of all, and of the rules for it and for all. */
    public static List<Query> of(String plane) {
        List<Query> queries = new ArrayList<>();
        for (String name : List.of(plane, "overview")) {
            for (JsonNode panel : dashboard(name).path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(new Query(name + ": " + panel.path("title").asText(), target.path("expr").asText(),
                            shown(target.path("legendFormat").asText())));
                }
            }
        }
        rules().forEach((group, rules) -> {
            if (Set.of("zeroui", "zeroui-recorded", "zeroui-" + plane).contains(group)) {
                rules.forEach(rule -> queries.add(new Query(group + ": " + rule.getOrDefault("alert", rule.get("record")),
                        String.valueOf(rule.get("expr")), Set.of())));
            }
        });
        return queries;
    }

    private static Set<String> shown(String legend) {
        Set<String> labels = new HashSet<>();
        Matcher label = LEGEND.matcher(legend);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }
}
