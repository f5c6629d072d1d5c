package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.names.NamePattern;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What something costs.
 *
 * @param unit of what, kebab-case, for example {@code input-tokens}, {@code images}, {@code requests}
 * @param per how many of them, for example 1000000
 * @param amount in the currency, a decimal number as text: money is not a double
 * @param currency ISO 4217, for example {@code USD}
 * @param region pattern of the regions in which it costs that; null for all
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Price(@JsonProperty(required = true) String unit, @JsonProperty(required = true) long per,
        @JsonProperty(required = true) String amount, @JsonProperty(required = true) String currency, @Nullable String region) {

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final long MAX_PER = 1_000_000_000_000L;

    public Price {
        Texts.token("unit", unit);
        if (per < 1 || per > MAX_PER || amount == null || !AMOUNT.matcher(amount).matches() || currency == null
                || !CURRENCY.matcher(currency).matches() || region != null && NamePattern.parse(region) == null) {
            throw new IllegalArgumentException("a price has per of at least 1, amount as a decimal number in a text, and a currency of ISO 4217");
        }
    }
}
