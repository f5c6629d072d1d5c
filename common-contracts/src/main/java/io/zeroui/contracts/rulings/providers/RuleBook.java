package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules of the organisation, or of one tenant, by what they can be about. In each list they are in the order of their ids. */
final class RuleBook {

    /** No rules. */
    static final RuleBook EMPTY = of(List.of());

    private final Shelf denies;
    private final Shelf allows;

    private RuleBook(Shelf denies, Shelf allows) {
        this.denies = denies;
        this.allows = allows;
    }

    static RuleBook of(List<CompiledRule> rules) {
        List<CompiledRule> sorted = rules.stream().sorted(Comparator.comparing(one -> one.rule().id())).toList();
        return new RuleBook(Shelf.of(sorted, Effect.DENY), Shelf.of(sorted, Effect.ALLOW));
    }

    /** First of the organisation's, then of the tenant's denying rules, the one that fits. */
    static @Nullable ProviderRule deny(RuleBook organisation, RuleBook tenant, DecisionQuestion question, String model, String adapter) {
        ProviderRule first = organisation.denies.find(question, model, adapter);
        return first != null ? first : tenant.denies.find(question, model, adapter);
    }

    /** First of the tenant's, then of the organisation's allowing rules, the one that fits. */
    static @Nullable ProviderRule allow(RuleBook organisation, RuleBook tenant, DecisionQuestion question, String model, String adapter) {
        ProviderRule first = tenant.allows.find(question, model, adapter);
        return first != null ? first : organisation.allows.find(question, model, adapter);
    }

    /** Rules of one effect, by the first segment of the models that they can be about, each list with those that can be about any. */
    private record Shelf(Map<String, List<CompiledRule>> byFirstSegment, List<CompiledRule> others) {

        static Shelf of(List<CompiledRule> sorted, Effect effect) {
            Map<String, List<CompiledRule>> lists = new HashMap<>();
            sorted.forEach(rule -> {
                String first = rule.model().firstSegment();
                if (first != null) {
                    lists.putIfAbsent(first, new ArrayList<>());
                }
            });
            List<CompiledRule> others = new ArrayList<>();
            for (CompiledRule rule : sorted) {
                String first = rule.model().firstSegment();
                if (rule.rule().effect() != effect) {
                    continue;
                }
                if (first == null) {
                    others.add(rule);
                    lists.values().forEach(list -> list.add(rule));
                } else {
                    lists.getOrDefault(first, others).add(rule);
                }
            }
            return new Shelf(lists, others);
        }

        @Nullable
        ProviderRule find(DecisionQuestion question, String model, String adapter) {
            int end = question.model().indexOf('/');
            String first = end < 0 ? question.model() : question.model().substring(0, end);
            for (CompiledRule one : byFirstSegment.getOrDefault(first, others)) {
                if (one.fits(question, model, adapter)) {
                    return one.rule();
                }
            }
            return null;
        }
    }
}
