package io.zeroui.contracts.policy.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the receipts of a released version must be like, in acts
 * {@code {"min_receipts":200,"max_override_rate":0.1,"max_block_rate":0.25,"max_degraded_rate":0.5}}.
 *
 * @param minReceipts how many receipts must name the version before anything is concluded, 1 to 1,000,000,000
 * @param limits the highest share of each kind in hundredths of a percent, 0 to 10,000; a kind that is not in it has no limit
 */
public record RolloutGate(long minReceipts, Map<RolloutRate, Integer> limits) {

    /** So many where a gate does not say. */
    public static final long MIN_RECEIPTS = 20;
    private static final long RECEIPTS_MOST = 1_000_000_000;
    private static final int ALL = 10_000;
    private static final int DIGITS = 4;
    private static final String MIN_MEMBER = "min_receipts";

    public RolloutGate {
        limits = Map.copyOf(limits);
        if (minReceipts < 1 || minReceipts > RECEIPTS_MOST) {
            throw new InvalidPlan("gate." + MIN_MEMBER, "must be 1 to " + RECEIPTS_MOST);
        }
        limits.forEach((rate, limit) -> {
            if (limit < 0 || limit > ALL) {
                throw new InvalidPlan("gate." + rate.limitMember(), "must be 0 to 1");
            }
        });
    }

    /** Whether there are receipts enough to conclude anything. */
    public boolean isEnough(RolloutCounts counts) {
        return counts.receipts() >= minReceipts;
    }

    /** The first kind of which there are more than allowed; empty while there are too few receipts. Exact: no fraction is rounded. */
    public Optional<RolloutRate> breach(RolloutCounts counts) {
        return isEnough(counts) ? Arrays.stream(RolloutRate.values()).filter(rate -> isAbove(rate, counts)).findFirst() : Optional.empty();
    }

    private boolean isAbove(RolloutRate rate, RolloutCounts counts) {
        Integer limit = limits.get(rate);
        return limit != null && Math.multiplyExact(counts.of(rate), ALL) > Math.multiplyExact(counts.receipts(), limit);
    }

    /** The limit of a kind, 0 to 1; empty where it has none. */
    public Optional<BigDecimal> limit(RolloutRate rate) {
        return Optional.ofNullable(limits.get(rate)).map(limit -> BigDecimal.valueOf(limit, DIGITS).stripTrailingZeros());
    }

    /** As acts have it. */
    public ObjectNode write() {
        ObjectNode gate = JsonNodeFactory.instance.objectNode().put(MIN_MEMBER, minReceipts);
        for (RolloutRate rate : RolloutRate.values()) {
            limit(rate).ifPresent(limit -> gate.put(rate.limitMember(), limit));
        }
        return gate;
    }

    /**
     * Reads {@link #write()}; each member may be absent.
     *
     * @throws InvalidPlan when it is none
     */
    static RolloutGate read(JsonNode gate) {
        if (!gate.isObject()) {
            throw new InvalidPlan("gate", "must be an object");
        }
        Set<String> members = new HashSet<>(Set.of(MIN_MEMBER));
        Map<RolloutRate, Integer> limits = new EnumMap<>(RolloutRate.class);
        for (RolloutRate rate : RolloutRate.values()) {
            members.add(rate.limitMember());
            if (gate.hasNonNull(rate.limitMember())) {
                limits.put(rate, RolloutPlan.scaled(gate.path(rate.limitMember()), DIGITS, "gate." + rate.limitMember(),
                        "must be a number, 0 to 1, with at most " + DIGITS + " decimals"));
            }
        }
        gate.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw new InvalidPlan("gate", "may have the members " + members.stream().sorted().collect(Collectors.joining(", ")));
            }
        });
        JsonNode least = gate.path(MIN_MEMBER);
        if (gate.hasNonNull(MIN_MEMBER) && !(least.isIntegralNumber() && least.canConvertToLong())) {
            throw new InvalidPlan("gate." + MIN_MEMBER, "must be an integer");
        }
        return new RolloutGate(gate.hasNonNull(MIN_MEMBER) ? least.longValue() : MIN_RECEIPTS, limits);
    }
}
