package io.zeroui.contracts.rulings.providers;

import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.rulings.names.ResourceName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * May this tenant use this model with data of this category in this region through this adapter?
 *
 * @param tenant who
 * @param model name of a model or tool
 * @param modelVersion its version; null for the newest that may be used
 * @param category of the data
 * @param region where it would be used
 * @param adapter name of the adapter
 * @param adapterVersion its version; null for the newest that may be used
 * @param adapterSha256 SHA-256 of the adapter's artifact that is there, 64 lower-case hex digits; null where it is not compared
 * @param at when
 */
public record DecisionQuestion(TenantId tenant, String model, @Nullable String modelVersion, DataCategory category, Region region,
        String adapter, @Nullable String adapterVersion, @Nullable String adapterSha256, Instant at) {

    /**
     * A question with {@code {name}} or {@code {name}@{version}} of model and adapter.
     *
     * @throws IllegalArgumentException when one of them has another form
     */
    public static DecisionQuestion of(TenantId tenant, String model, DataCategory category, Region region, String adapter,
            @Nullable String adapterSha256, Instant at) {
        return new DecisionQuestion(tenant, name(model), version(model), category, region, name(adapter), version(adapter), adapterSha256, at);
    }

    private static String name(String text) {
        int sign = text.indexOf('@');
        return ResourceName.require(sign < 0 ? text : text.substring(0, sign));
    }

    private static @Nullable String version(String text) {
        int sign = text.indexOf('@');
        return sign < 0 ? null : ResourceName.requireVersion(text.substring(sign + 1));
    }
}
