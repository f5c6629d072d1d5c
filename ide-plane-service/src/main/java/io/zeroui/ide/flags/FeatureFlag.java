package io.zeroui.ide.flags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.zeroui.contracts.policy.release.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The content of a policy of the type {@code feature-flag}:
 *
 * <pre>
 * {@code {"variants":{"on":true,"off":false},"default_variant":"off","rules":[
 *   {"variant":"on","targeting_keys":["build-7"]},
 *   {"variant":"on","context":{"team":["payments","risk"]},"basis_points":2500}]}}
 * </pre>
 *
 * <p>
 * The first rule that applies decides: to the targeting keys that it names, and to a share of the others that have one of the values in
 * each member of {@code context}. A key's place in the share depends on the flag and the key alone, so who is in 10 % is in 20 %.
 *
 * @param variants values by name
 * @param defaultVariant where no rule applies
 */
record FeatureFlag(Map<String, JsonNode> variants, String defaultVariant, List<Rule> rules) {

    static final String TYPE = "feature-flag";

    private static final int RULES_MOST = 256;

    /**
     * A rule.
     *
     * @param context one of these values in each of these members; empty for any context
     * @param basisPoints share of the keys that the context lets pass, in hundredths of a percent
     */
    record Rule(String variant, Set<String> targetingKeys, Map<String, List<JsonNode>> context, int basisPoints) {

        boolean isShare() {
            return basisPoints < Rollout.EVERYONE;
        }
    }

    /**
     * What a flag is for a context.
     *
     * @param reason {@code STATIC} without rules, {@code TARGETING_MATCH}, {@code SPLIT} by share, {@code DEFAULT} where no rule applies
     */
    record Outcome(String variant, JsonNode value, String reason) {
    }

    /** A share cannot be decided without a targeting key. */
    static final class NoTargetingKey extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads a content.
     *
     * @throws IllegalArgumentException when it is none of this type
     */
    static FeatureFlag read(JsonNode content) {
        Map<String, JsonNode> variants = new LinkedHashMap<>();
        content.path("variants").fields().forEachRemaining(one -> variants.put(one.getKey(), one.getValue()));
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : content.path("rules")) {
            rules.add(rule(rule, variants.keySet()));
        }
        if (rules.size() > RULES_MOST) {
            throw new IllegalArgumentException("a flag has at most " + RULES_MOST + " rules");
        }
        return new FeatureFlag(variants, variant(content.path("default_variant"), variants.keySet()), rules);
    }

    private static Rule rule(JsonNode rule, Set<String> variants) {
        JsonNode share = rule.path("basis_points");
        if (!share.isMissingNode() && (!share.isIntegralNumber() || !share.canConvertToInt() || share.intValue() < 0 || share.intValue() > Rollout.EVERYONE)) {
            throw new IllegalArgumentException("basis_points are 0 to " + Rollout.EVERYONE);
        }
        Set<String> keys = StreamSupport.stream(rule.path("targeting_keys").spliterator(), false).map(JsonNode::asText).collect(Collectors.toSet());
        Map<String, List<JsonNode>> context = new LinkedHashMap<>();
        rule.path("context").fields().forEachRemaining(one -> {
            List<JsonNode> values = new ArrayList<>();
            one.getValue().forEach(values::add);
            context.put(one.getKey(), values);
        });
        // who only names keys means nobody else
        int rest = keys.isEmpty() || !context.isEmpty() ? Rollout.EVERYONE : 0;
        return new Rule(variant(rule.path("variant"), variants), keys, context, share.isMissingNode() ? rest : share.intValue());
    }

    private static String variant(JsonNode name, Set<String> variants) {
        if (!name.isTextual() || !variants.contains(name.textValue())) {
            throw new IllegalArgumentException("a variant is named that the flag does not have");
        }
        return name.textValue();
    }

    /** What it is where no rule is looked at. */
    Outcome byDefault(String reason) {
        return outcome(defaultVariant, reason);
    }

    /**
     * What it is for a context.
     *
     * @param key of the flag
     * @param context with {@code targetingKey}, where there is one
     * @throws NoTargetingKey when a share must be decided and there is none
     */
    Outcome evaluate(String key, JsonNode context) throws NoTargetingKey {
        String targeted = context.path("targetingKey").textValue();
        for (Rule rule : rules) {
            if (targeted != null && rule.targetingKeys().contains(targeted)) {
                return outcome(rule.variant(), "TARGETING_MATCH");
            }
            if (rule.basisPoints() > 0 && fits(rule, context) && isInShare(key, rule, targeted)) {
                return outcome(rule.variant(), rule.isShare() ? "SPLIT" : "TARGETING_MATCH");
            }
        }
        return outcome(defaultVariant, rules.isEmpty() ? "STATIC" : "DEFAULT");
    }

    private static boolean fits(Rule rule, JsonNode context) {
        return rule.context().entrySet().stream().allMatch(one -> one.getValue().stream().anyMatch(value -> isSame(value, context.path(one.getKey()))));
    }

    private static boolean isSame(JsonNode value, JsonNode other) {
        return value.isNumber() && other.isNumber() ? value.decimalValue().compareTo(other.decimalValue()) == 0 : value.equals(other);
    }

    private static boolean isInShare(String key, Rule rule, @Nullable String targeted) throws NoTargetingKey {
        if (!rule.isShare()) {
            return true;
        }
        if (targeted == null || targeted.isEmpty()) {
            throw new NoTargetingKey();
        }
        return Rollout.bucket(key, targeted) < rule.basisPoints();
    }

    private Outcome outcome(String variant, String reason) {
        return new Outcome(variant, variants.getOrDefault(variant, MissingNode.getInstance()), reason);
    }
}
