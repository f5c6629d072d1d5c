package io.zeroui.contracts.rulings.names;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of versions: {@code *} for all, or conditions with blanks between that must all hold, such as {@code >=1.2 <2}; alternatives have
 * {@code ||} between. A condition is {@code <}, {@code <=}, {@code >}, {@code >=} or {@code =} and a version; a version alone means
 * {@code =}. Versions are compared by {@link VersionOrder}.
 */
public final class VersionRange {

    private static final int MAX_LENGTH = 200;
    private static final String ALL = "*";

    private final List<List<Condition>> alternatives;

    private VersionRange(List<List<Condition>> alternatives) {
        this.alternatives = alternatives;
    }

    private record Condition(String operator, String version) {

        boolean holds(String other) {
            int order = VersionOrder.INSTANCE.compare(other, version);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> order == 0;
            };
        }
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static VersionRange parse(String text) {
        if (text == null || text.isBlank() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a range of versions has 1 to " + MAX_LENGTH + " characters");
        }
        List<List<Condition>> alternatives = new ArrayList<>();
        for (String alternative : text.split("\\|\\|", -1)) {
            alternatives.add(conditions(alternative.strip()));
        }
        return new VersionRange(alternatives);
    }

    /** Whether a version is in it. */
    public boolean contains(String version) {
        for (List<Condition> all : alternatives) {
            if (allHold(all, version)) {
                return true;
            }
        }
        return false;
    }

    private static boolean allHold(List<Condition> conditions, String version) {
        for (Condition condition : conditions) {
            if (!condition.holds(version)) {
                return false;
            }
        }
        return true;
    }

    private static List<Condition> conditions(String alternative) {
        if (alternative.equals(ALL)) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        for (String one : alternative.split(" +", -1)) {
            int length = operatorLength(one);
            String operator = length == 0 ? "=" : one.substring(0, length);
            conditions.add(new Condition(operator, ResourceName.requireVersion(one.substring(length))));
        }
        return conditions;
    }

    private static int operatorLength(String condition) {
        if (condition.startsWith("<=") || condition.startsWith(">=")) {
            return 2;
        }
        return condition.startsWith("<") || condition.startsWith(">") || condition.startsWith("=") ? 1 : 0;
    }
}
