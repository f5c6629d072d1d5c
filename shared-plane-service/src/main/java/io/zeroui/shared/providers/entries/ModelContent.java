package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.names.NamePattern;
import io.zeroui.contracts.rulings.names.ResourceName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model, or a tool.
 *
 * @param name which one, below its provider's name
 * @param version its version
 * @param provider whose it is
 * @param title for people; null for none
 * @param capabilities what it can do, kebab-case, for example {@code chat}, {@code tools}, {@code vision}
 * @param contextTokens most tokens of a question and its answer; null where it has none
 * @param prices what it costs
 * @param regions patterns of the regions in which it is offered
 * @param terms what happens to data that it is given
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelContent(@JsonProperty(required = true) String name, @JsonProperty(required = true) String version,
        @JsonProperty(required = true) String provider, @Nullable String title, List<String> capabilities, @Nullable Long contextTokens,
        List<Price> prices, @JsonProperty(required = true) List<String> regions, @JsonProperty(required = true) DataTerms terms)
        implements EntryContent {

    private static final int MAX_LISTED = 100;
    private static final long MAX_TOKENS = 1_000_000_000L;

    public ModelContent {
        ResourceName.require(name);
        ResourceName.requireVersion(version);
        ResourceName.require(provider);
        if (!name.startsWith(provider + "/")) {
            throw new IllegalArgumentException("the name of a model is below that of its provider");
        }
        Texts.optional("title", title);
        capabilities = Texts.list("capabilities", capabilities, MAX_LISTED);
        capabilities.forEach(one -> Texts.token("capabilities", one));
        prices = Texts.objects("prices", prices, MAX_LISTED);
        regions = Texts.list("regions", regions, MAX_LISTED);
        if (regions.stream().map(NamePattern::parse).toList().isEmpty() || terms == null
                || contextTokens != null && (contextTokens < 1 || contextTokens > MAX_TOKENS)) {
            throw new IllegalArgumentException("a model says in which regions it is offered and what its terms are; context_tokens is 1 to " + MAX_TOKENS);
        }
    }

    @Override
    public EntryKind kind() {
        return EntryKind.MODEL;
    }
}
