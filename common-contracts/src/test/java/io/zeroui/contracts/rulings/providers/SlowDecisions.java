package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The same decisions as {@link ProviderDecisions}, word by word as they are documented: patterns become regular expressions, the order of
 * versions is a list of them, and every rule is looked at every time.
 */
final class SlowDecisions {

    /** All versions that questions, rules and subjects of the test have, oldest first. */
    static final List<String> AGES = List.of("0.9", "1.0.0-rc.1", "1.0.0-rc.2", "1.0.0", "1.2", "1.10", "2", "2024-05-13", "2024-08-06");

    private final ProviderRules rules;

    SlowDecisions(ProviderRules rules) {
        this.rules = rules;
    }

    ProviderDecision decide(DecisionQuestion q) {
        Optional<RuledModel> model = rules.models().stream().filter(one -> one.name().equals(q.model())).findAny();
        if (model.isEmpty()) {
            return new ProviderDecision(false, Ground.UNKNOWN_MODEL, null, null, null, null, false, false);
        }
        RuledModel.Version version = chosen(model.get().versions(), q.modelVersion(), q.at());
        if (version == null) {
            return new ProviderDecision(false, Ground.UNKNOWN_MODEL_VERSION, null, null, null, null, false, false);
        }
        String named = q.model() + "@" + version.version();
        boolean old = version.standing() == Standing.DEPRECATED;
        if (version.standing() == Standing.REVOKED || isOver(version.sunset(), q.at())) {
            return new ProviderDecision(false, version.standing() == Standing.REVOKED ? Ground.MODEL_REVOKED : Ground.MODEL_RETIRED, null, null,
                    named, null, old, false);
        }
        Optional<RuledAdapter> adapter = rules.adapters().stream().filter(one -> one.name().equals(q.adapter())).findAny();
        if (adapter.isEmpty()) {
            return new ProviderDecision(false, Ground.UNKNOWN_ADAPTER, null, null, named, null, old, false);
        }
        RuledAdapter.Version through = chosen(adapter.get().versions(), q.adapterVersion(), q.at());
        if (through == null) {
            return new ProviderDecision(false, Ground.UNKNOWN_ADAPTER_VERSION, null, null, named, null, old, false);
        }
        Optional<ProviderRule> decider = decider(q, version.version(), through.version());
        Ground ground = obstacle(q, version, through).orElse(decider.map(rule -> rule.effect() == Effect.DENY ? Ground.DENY_RULE : Ground.ALLOW_RULE)
                .orElse(Ground.NO_RULE));
        Optional<ProviderRule> rule = ground == Ground.DENY_RULE || ground == Ground.ALLOW_RULE ? decider : Optional.empty();
        return new ProviderDecision(ground == Ground.ALLOW_RULE, ground, rule.map(one -> one.id() + "@" + one.version()).orElse(null),
                rule.map(one -> one.tenant() == null ? "organisation" : "tenant").orElse(null), named, q.adapter() + "@" + through.version(), old,
                through.standing() == Standing.DEPRECATED);
    }

    private static Optional<Ground> obstacle(DecisionQuestion q, RuledModel.Version model, RuledAdapter.Version adapter) {
        List<Ground> all = new ArrayList<>();
        if (adapter.standing() == Standing.REVOKED) {
            all.add(Ground.ADAPTER_REVOKED);
        } else if (isOver(adapter.sunset(), q.at())) {
            all.add(Ground.ADAPTER_RETIRED);
        }
        if (q.adapterSha256() != null && !q.adapterSha256().equals(adapter.sha256())) {
            all.add(Ground.ADAPTER_CHECKSUM);
        }
        if (adapter.fits().stream().noneMatch(fit -> glob(fit.model(), q.model()) && inRange(fit.versions(), model.version()))) {
            all.add(Ground.ADAPTER_INCOMPATIBLE);
        }
        if (model.regions().stream().noneMatch(region -> glob(region, q.region().value()))) {
            all.add(Ground.REGION_NOT_OFFERED);
        }
        if (q.category().ordinal() > model.accepts().ordinal()) {
            all.add(Ground.CATEGORY_NOT_ACCEPTED);
        }
        return all.stream().min(Comparator.naturalOrder());
    }

    /** Denying rules before allowing ones; of those the organisation's first, of these the tenant's; then by id. */
    private Optional<ProviderRule> decider(DecisionQuestion q, String model, String adapter) {
        return rules.rules().stream().filter(rule -> isAbout(rule, q, model, adapter))
                .min(Comparator.comparing((ProviderRule rule) -> rule.effect() == Effect.ALLOW)
                        .thenComparing(rule -> (rule.tenant() == null) != (rule.effect() == Effect.DENY))
                        .thenComparing(ProviderRule::id));
    }

    private static boolean isAbout(ProviderRule rule, DecisionQuestion q, String model, String adapter) {
        return (rule.tenant() == null ? !rule.except().contains(q.tenant().value()) : rule.tenant().equals(q.tenant().value()))
                && glob(rule.model(), q.model()) && inRange(rule.modelVersions(), model)
                && glob(rule.adapter(), q.adapter()) && inRange(rule.adapterVersions(), adapter)
                && (rule.categories().isEmpty() || rule.categories().contains(q.category()))
                && (rule.regions().isEmpty() || rule.regions().stream().anyMatch(region -> glob(region, q.region().value())))
                && (rule.from() == null || !q.at().isBefore(rule.from())) && !isOver(rule.until(), q.at());
    }

    private static <V extends RuledVersion> @Nullable V chosen(List<V> versions, @Nullable String wanted, Instant at) {
        if (wanted != null) {
            return versions.stream().filter(one -> one.version().equals(wanted)).findAny().orElse(null);
        }
        return versions.stream()
                .max(Comparator.comparing((V one) -> one.standing() != Standing.REVOKED && !isOver(one.sunset(), at))
                        .thenComparing(one -> one.standing() == Standing.ACTIVE && !isOver(one.sunset(), at))
                        .thenComparing(one -> AGES.indexOf(one.version())))
                .orElse(null);
    }

    private static boolean isOver(@Nullable Instant end, Instant at) {
        return end != null && !at.isBefore(end);
    }

    private static boolean glob(String pattern, String text) {
        return Pattern.compile(pattern.chars().mapToObj(c -> c == '*' ? ".*" : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining())).matcher(text).matches();
    }

    private static boolean inRange(String range, String version) {
        for (String alternative : range.split("\\|\\|")) {
            boolean all = true;
            for (String condition : alternative.strip().split(" ")) {
                all = all && holds(condition, version);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String condition, String version) {
        String bound = condition.replaceAll("^[<>=]*", "");
        int order = Integer.compare(AGES.indexOf(version), AGES.indexOf(bound));
        return switch (condition.substring(0, condition.length() - bound.length())) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> condition.equals("*") || order == 0;
        };
    }
}
