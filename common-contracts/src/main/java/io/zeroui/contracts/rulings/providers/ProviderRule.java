package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.rulings.names.NamePattern;
import io.zeroui.contracts.rulings.names.VersionRange;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the organisation, for all of its tenants, or of one tenant. It is about a question when everything in it fits.
 *
 * @param id which rule, kebab-case
 * @param version of the rule, from 1; every change is another one
 * @param effect what it says
 * @param tenant whose; null for the organisation's
 * @param except tenants that a rule of the organisation is not about; of a tenant's rule empty
 * @param model {@link NamePattern} of models
 * @param modelVersions {@link VersionRange} of their versions
 * @param adapter {@link NamePattern} of adapters
 * @param adapterVersions {@link VersionRange} of their versions
 * @param categories of data; empty for all
 * @param regions patterns of regions, such as {@code eu-*}; empty for all
 * @param from since when it counts; null for always
 * @param until from when it does not count any more; null for never
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderRule(@JsonProperty(required = true) String id, @JsonProperty(required = true) int version,
        @JsonProperty(required = true) Effect effect, @Nullable String tenant, List<String> except,
        @JsonProperty(required = true) String model, String modelVersions, String adapter, String adapterVersions,
        List<DataCategory> categories, List<String> regions, @Nullable Instant from, @Nullable Instant until) {

    private static final String ALL = "*";
    private static final int MAX_LISTED = 200;

    /** What a rule says of what it is about. */
    public enum Effect {
        ALLOW,
        DENY;

        /** The name in documents, for example {@code deny}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ProviderRule {
        if (id == null || !TenantId.of(id).value().equals(id) || version < 1 || effect == null) {
            throw new IllegalArgumentException("a rule has a kebab-case id, a version from 1 and an effect");
        }
        if (tenant != null) {
            tenant = TenantId.of(tenant).value();
        }
        except = listed(except).stream().map(one -> TenantId.of(one).value()).toList();
        if (tenant != null && !except.isEmpty()) {
            throw new IllegalArgumentException("only a rule of the organisation has exceptions");
        }
        modelVersions = modelVersions == null ? ALL : modelVersions;
        adapter = adapter == null ? ALL : adapter;
        adapterVersions = adapterVersions == null ? ALL : adapterVersions;
        categories = listed(categories);
        regions = listed(regions);
        require(NamePattern.parse(model), NamePattern.parse(adapter), VersionRange.parse(modelVersions), VersionRange.parse(adapterVersions),
                regions.stream().map(NamePattern::parse).toList());
        if (from != null && until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("a rule that ends before it begins");
        }
    }

    /** Whether it is the organisation's. */
    public boolean belongsToOrganisation() {
        return tenant == null;
    }

    /** How a decision names it, {@code {id}@{version}}. */
    public String name() {
        return id + "@" + version;
    }

    private static <T> List<T> listed(@Nullable List<T> list) {
        if (list != null && list.size() > MAX_LISTED) {
            throw new IllegalArgumentException("a rule lists at most " + MAX_LISTED + " of a kind");
        }
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Everything was read, or this would not have been reached. */
    private static void require(Object... read) {
        for (Object one : read) {
            if (one == null) {
                throw new IllegalArgumentException("a rule without patterns");
            }
        }
    }
}
