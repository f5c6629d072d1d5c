package io.zeroui.testing.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An expression of PromQL, as far as it must be understood to know which metrics and labels it asks for (Prometheus' documentation, "Querying
 * basics" and "Operators"). What is not known is refused, so that a mistyped function is not taken for a metric.
 */
public final class PromExpression {

    private static final Set<String> FUNCTIONS = Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "rate", "irate", "increase", "delta",
            "histogram_quantile", "absent", "time", "clamp_min", "clamp_max", "max_over_time", "min_over_time", "avg_over_time", "changes");
    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

    private final String text;
    private final List<MetricUse> metrics = new ArrayList<>();
    private final Set<String> groupings = new HashSet<>();
    private int at;

    private PromExpression(String text) {
        this.text = text;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException when it is none, or has what is not known here
     */
    public static PromExpression of(String text) {
        PromExpression expression = new PromExpression(text);
        expression.read();
        return expression;
    }

    /** The metrics, in their order. */
    public List<MetricUse> metrics() {
        return List.copyOf(metrics);
    }

    /** Labels by which is grouped or matched. */
    public Set<String> groupings() {
        return Set.copyOf(groupings);
    }

    private void read() {
        int open = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (isStart(next)) {
                word(name());
            } else if (Character.isDigit(next)) {
                number();
            } else if (next == '[') {
                skipPast(']');
            } else if (next == '"' || next == '{' || next == '}' || next == ']') {
                throw fault("unexpected " + next);
            } else {
                open += next == '(' ? 1 : next == ')' ? -1 : 0;
                at++;
            }
        }
        if (open != 0) {
            throw fault("brackets do not match");
        }
    }

    private void word(String word) {
        char follows = follows();
        if (GROUPINGS.contains(word)) {
            if (follows == '(') {
                at++;
                labels();
            } else if (!word.startsWith("group_")) {
                throw fault(word + " without labels");
            }
        } else if (OPERATORS.contains(word)) {
            return;
        } else if (FUNCTIONS.contains(word)) {
            if (follows != '(' && !isStart(follows)) {
                throw fault(word + " without arguments");
            }
        } else if (follows == '(') {
            throw fault("no function known here: " + word);
        } else {
            metrics.add(follows == '{' ? matchers(word) : new MetricUse(word, Set.of(), Map.of()));
        }
    }

    private void labels() {
        while (follows() != ')') {
            groupings.add(name());
            if (follows() == ',') {
                at++;
            }
        }
        at++;
    }

    private MetricUse matchers(String metric) {
        Set<String> labels = new HashSet<>();
        Map<String, String> values = new HashMap<>();
        at++;
        while (follows() != '}') {
            String label = name();
            char first = follows();
            at++;
            char second = text.charAt(at);
            boolean exact = first == '=' && second != '~';
            if (first == '!' || !exact) {
                at++;
            }
            if (follows() != '"') {
                throw fault("a label without a text");
            }
            int from = ++at;
            skipPast('"');
            labels.add(label);
            if (exact) {
                values.put(label, text.substring(from, at - 1));
            }
            if (follows() == ',') {
                at++;
            }
        }
        at++;
        return new MetricUse(metric, labels, values);
    }

    private void number() {
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
    }

    private String name() {
        int from = at;
        while (at < text.length() && (isStart(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        if (from == at) {
            throw fault("a name is missing");
        }
        return text.substring(from, at);
    }

    /** The next sign that is no space; a zero at the end. */
    private char follows() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipPast(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw fault("no " + end);
        }
        at = found + 1;
    }

    private static boolean isStart(char sign) {
        return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_' || sign == ':';
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException(what + " at " + at + " of " + text);
    }
}
