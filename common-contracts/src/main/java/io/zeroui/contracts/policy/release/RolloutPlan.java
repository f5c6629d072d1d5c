package io.zeroui.contracts.policy.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a released version looks after itself: it is halted when its receipts do not pass the gate, and goes from step to step while they
 * do. Part of the history, not of what edges get.
 *
 * @param gate what its receipts must be like
 * @param steps shares of the edges, each larger than the one before; may be none
 * @param evaluation gate of the evaluations that must have passed the content before a next step; null for none
 */
public record RolloutPlan(RolloutGate gate, List<RolloutStep> steps, @Nullable String evaluation) {

    /** Most steps of a plan. */
    public static final int STEPS_MOST = 20;
    /** Longest time for one step. */
    public static final Duration BAKE_MOST = Duration.ofDays(30);

    private static final int DECIMALS = 2;
    private static final String EVALUATION = "evaluation";
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?");

    /** A plan that asks no evaluation. */
    public RolloutPlan(RolloutGate gate, List<RolloutStep> steps) {
        this(gate, steps, null);
    }

    public RolloutPlan {
        steps = List.copyOf(steps);
        if (evaluation != null && !NAME.matcher(evaluation).matches()) {
            throw new InvalidPlan(EVALUATION, "must be the name of a gate: 1 to 100 of a-z, 0-9, '.', '_' and '-', first and last no sign");
        }
        if (evaluation != null && steps.isEmpty()) {
            throw new InvalidPlan(EVALUATION, "holds up steps, and there are none");
        }
        if (steps.isEmpty() && gate.limits().isEmpty()) {
            throw new InvalidPlan("gate", "must limit a rate where there are no steps");
        }
        if (steps.size() > STEPS_MOST) {
            throw new InvalidPlan("steps", "must have at most " + STEPS_MOST + " elements");
        }
        int before = 0;
        for (int i = 0; i < steps.size(); i++) {
            RolloutStep step = steps.get(i);
            if (step.basisPoints() <= before || step.basisPoints() > Rollout.EVERYONE) {
                throw new InvalidPlan("steps[" + i + "].percent", "must be more than that of the step before, and at most 100");
            }
            Duration bake = step.bake();
            if (bake == null ? i < steps.size() - 1 : bake.isNegative() || bake.compareTo(BAKE_MOST) > 0) {
                throw new InvalidPlan("steps[" + i + "].bake", "must be a duration of at most 30 days; the last step needs none");
            }
            before = step.basisPoints();
        }
    }

    /** The step that a rollout has reached; empty where it is before the first. */
    public Optional<RolloutStep> reached(Rollout rollout) {
        return steps.stream().filter(step -> step.basisPoints() <= rollout.basisPoints()).reduce((first, second) -> second);
    }

    /** The step behind it; empty behind the last. */
    public Optional<RolloutStep> next(Rollout rollout) {
        return steps.stream().filter(step -> step.basisPoints() > rollout.basisPoints()).findFirst();
    }

    /** Adds {@code gate}, and {@code steps} and {@code evaluation} where there are any. */
    public void writeTo(ObjectNode node) {
        node.set("gate", gate.write());
        if (!steps.isEmpty()) {
            ArrayNode list = node.putArray("steps");
            steps.stream().map(RolloutStep::write).forEach(list::add);
        }
        if (evaluation != null) {
            node.put(EVALUATION, evaluation);
        }
    }

    /**
     * Reads what {@link #writeTo} adds; null where there is none of it.
     *
     * @throws InvalidPlan when it is none
     */
    public static @Nullable RolloutPlan read(JsonNode node) {
        if (!node.hasNonNull("gate") && !node.hasNonNull("steps") && !node.hasNonNull(EVALUATION)) {
            return null;
        }
        RolloutGate gate = node.hasNonNull("gate") ? RolloutGate.read(node.path("gate"))
                : new RolloutGate(RolloutGate.MIN_RECEIPTS, Map.of());
        List<RolloutStep> steps = new ArrayList<>();
        JsonNode list = node.path("steps");
        if (node.hasNonNull("steps") && !list.isArray()) {
            throw new InvalidPlan("steps", "must be an array");
        }
        for (int i = 0; i < Math.min(list.size(), STEPS_MOST + 1); i++) {
            steps.add(step(list.get(i), "steps[" + i + "]"));
        }
        if (node.hasNonNull(EVALUATION) && !node.path(EVALUATION).isTextual()) {
            throw new InvalidPlan(EVALUATION, "must be the name of a gate");
        }
        return new RolloutPlan(gate, steps, node.hasNonNull(EVALUATION) ? node.path(EVALUATION).textValue() : null);
    }

    private static RolloutStep step(JsonNode step, String at) {
        if (!step.isObject()) {
            throw new InvalidPlan(at, "must be an object with percent and bake");
        }
        int share = scaled(step.path("percent"), DECIMALS, at + ".percent", "must be a number, more than 0 and at most 100, with at most two decimals");
        if (!step.hasNonNull("bake")) {
            return new RolloutStep(share, null);
        }
        try {
            return new RolloutStep(share, Duration.parse(step.path("bake").asText()));
        } catch (DateTimeException e) {
            throw new InvalidPlan(at + ".bake", "must be a duration of ISO 8601, as in PT30M");
        }
    }

    /** A decimal number as an integer of its last digit. */
    static int scaled(JsonNode number, int digits, String member, String rule) {
        try {
            if (number.isNumber()) {
                return new BigDecimal(number.asText()).movePointRight(digits).intValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new InvalidPlan(member, rule);
        }
        throw new InvalidPlan(member, rule);
    }
}
