package io.zeroui.testing.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of a running service, in Prometheus' text format.
 *
 * @param labels by the name of the metric, each label with its values
 */
record Exposition(Map<String, Map<String, Set<String>>> labels) {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Exposition of(String text) {
        Map<String, Map<String, Set<String>>> labels = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                Map<String, Set<String>> known = labels.computeIfAbsent(sample.group(1), name -> new HashMap<>());
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    known.computeIfAbsent(label.group(1), name -> new HashSet<>()).add(label.group(2));
                }
            }
        });
        return new Exposition(labels);
    }
}
