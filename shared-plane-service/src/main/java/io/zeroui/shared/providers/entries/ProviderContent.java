package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.names.ResourceName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A provider.
 *
 * @param name which one
 * @param version of what is said here
 * @param offers what it offers
 * @param title for people; null for none
 * @param url where it presents itself; null for nowhere
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderContent(@JsonProperty(required = true) String name, @JsonProperty(required = true) String version,
        @JsonProperty(required = true) Offers offers, @Nullable String title, @Nullable String url) implements EntryContent {

    /** What a provider offers. */
    public enum Offers {
        LLM,
        TOOL;

        /** The name in documents, for example {@code llm}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProviderContent {
        ResourceName.require(name);
        ResourceName.requireVersion(version);
        if (offers == null) {
            throw new IllegalArgumentException("a provider offers llm or tool");
        }
        Texts.optional("title", title);
        Texts.optional("url", url);
    }

    @Override
    public EntryKind kind() {
        return EntryKind.PROVIDER;
    }
}
