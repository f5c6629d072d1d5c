package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rules, and what they are about, as far as a decision needs it. {@link ProviderDecisions} answers from it.
 *
 * @param models all models and tools, each once
 * @param adapters all adapters, each once
 * @param rules all rules, each id once
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ProviderRules(@JsonProperty(required = true) List<RuledModel> models,
        @JsonProperty(required = true) List<RuledAdapter> adapters, @JsonProperty(required = true) List<ProviderRule> rules) {

    /** Nothing is known, so nothing is allowed. */
    public static final ProviderRules NONE = new ProviderRules(List.of(), List.of(), List.of());

    public ProviderRules {
        models = List.copyOf(models);
        adapters = List.copyOf(adapters);
        rules = List.copyOf(rules);
        requireUnique(models.stream().map(RuledModel::name).toList());
        requireUnique(adapters.stream().map(RuledAdapter::name).toList());
        requireUnique(rules.stream().map(ProviderRule::id).toList());
        models.forEach(model -> requireUnique(model.versions().stream().map(RuledModel.Version::version).toList()));
        adapters.forEach(adapter -> requireUnique(adapter.versions().stream().map(RuledAdapter.Version::version).toList()));
    }

    private static void requireUnique(Collection<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("something is there twice: two rules would decide about the same");
            }
        }
    }
}
