package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a release looks after itself. */
final class GateOptions {

    private static final String RECEIPTS = "receipts";
    private static final List<String> RATES = List.of("override", "block", "degraded");

    @Option(names = "--gate", paramLabel = "NAME=VALUE", split = ",", description = "it is halted by itself when more than that of its receipts are of a "
            + "kind: override, block or degraded, as in override=10% or override=0.1; receipts=200 is how many there must be before anything is "
            + "concluded; may be given again")
    @Nullable
    Map<String, String> gate;

    @Option(names = "--step", paramLabel = "PERCENT:TIME", description = "it begins with this share of the edges and goes to the next step when it was there "
            + "for so long and its gate is passed, as in --step 5:PT30M --step 25:PT2H --step 100; needs no --percent; given in their order")
    @Nullable
    List<String> steps;

    @Option(names = "--evaluation", paramLabel = "GATE", description = "it goes to a next step only while this gate of the evaluations has passed its content")
    @Nullable
    String evaluation;

    GateOptions() {
    }

    /**
     * Adds {@code gate}, {@code steps} and {@code evaluation} as requests have them.
     *
     * @throws IllegalArgumentException when an option is none, in words
     */
    void addTo(ObjectNode wish) {
        if (gate != null) {
            ObjectNode limits = wish.putObject("gate");
            gate.forEach((name, value) -> limit(limits, name, value));
        }
        if (steps != null) {
            ArrayNode list = wish.putArray("steps");
            steps.forEach(step -> step(list.addObject(), step));
        }
        if (evaluation != null) {
            wish.put("evaluation", evaluation);
        }
    }

    /** The share of the first step in hundredths of a percent; null where there are no steps. */
    @Nullable
    BigDecimal firstPercent() {
        return steps == null || steps.isEmpty() ? null : number("--step", steps.get(0).split(":", 2)[0]);
    }

    private static void limit(ObjectNode limits, String name, String value) {
        if (name.equals(RECEIPTS)) {
            try {
                limits.put("min_receipts", Long.parseLong(value));
                return;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("--gate receipts wants a whole number, not " + value, e);
            }
        }
        if (!RATES.contains(name)) {
            throw new IllegalArgumentException("--gate knows receipts, " + String.join(", ", RATES) + ", not " + name);
        }
        boolean percent = value.endsWith("%");
        BigDecimal rate = number("--gate " + name, percent ? value.substring(0, value.length() - 1) : value);
        limits.put("max_" + name + "_rate", percent ? rate.movePointLeft(2) : rate);
    }

    private static void step(ObjectNode step, String text) {
        String[] parts = text.split(":", 2);
        step.put("percent", number("--step", parts[0]));
        if (parts.length > 1) {
            step.put("bake", parts[1]);
        }
    }

    private static BigDecimal number(String option, String text) {
        try {
            return new BigDecimal(text.strip().replaceFirst("%$", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " wants a number, not " + text, e);
        }
    }
}
