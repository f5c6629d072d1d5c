package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.rulings.names.NamePattern;
import io.zeroui.contracts.rulings.names.VersionRange;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A rule with its patterns and ranges read. */
record CompiledRule(ProviderRule rule, NamePattern model, VersionRange modelVersions, NamePattern adapter, VersionRange adapterVersions,
        Set<DataCategory> categories, List<NamePattern> regions, Set<String> except) {

    static CompiledRule of(ProviderRule rule) {
        return new CompiledRule(rule, NamePattern.parse(rule.model()), VersionRange.parse(rule.modelVersions()),
                NamePattern.parse(rule.adapter()), VersionRange.parse(rule.adapterVersions()),
                rule.categories().isEmpty() ? EnumSet.allOf(DataCategory.class) : EnumSet.copyOf(rule.categories()),
                rule.regions().stream().map(NamePattern::parse).toList(), Set.copyOf(rule.except()));
    }

    /** Whether it is about a question; whose rule it is has been looked at before. */
    boolean fits(DecisionQuestion question, String modelVersion, String adapterVersion) {
        return counts(question.at()) && model.matches(question.model()) && categories.contains(question.category())
                && fitsRegion(question.region().value()) && adapter.matches(question.adapter())
                && !except.contains(question.tenant().value()) && modelVersions.contains(modelVersion)
                && adapterVersions.contains(adapterVersion);
    }

    private boolean counts(Instant at) {
        Instant from = rule.from();
        Instant until = rule.until();
        return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
    }

    private boolean fitsRegion(String region) {
        if (regions.isEmpty()) {
            return true;
        }
        for (NamePattern one : regions) {
            if (one.matches(region)) {
                return true;
            }
        }
        return false;
    }
}
