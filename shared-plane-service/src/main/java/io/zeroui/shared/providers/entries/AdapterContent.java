package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.rulings.names.ResourceName;
import io.zeroui.contracts.rulings.names.VersionRange;
import io.zeroui.contracts.rulings.providers.RuledAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An adapter.
 *
 * @param name which one
 * @param version its version
 * @param title for people; null for none
 * @param sha256 of its artifact, 64 lower-case hex digits
 * @param artifact where the artifact is, a URL or a purl; null for nowhere
 * @param compatible the models that it works with
 * @param runtime range of the versions of ZeroUI that it works with
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdapterContent(@JsonProperty(required = true) String name, @JsonProperty(required = true) String version,
        @Nullable String title, @JsonProperty(required = true) String sha256, @Nullable String artifact,
        @JsonProperty(required = true) List<RuledAdapter.Fit> compatible, @Nullable String runtime) implements EntryContent {

    private static final int MAX_LISTED = 100;

    public AdapterContent {
        ResourceName.require(name);
        ResourceName.requireVersion(version);
        Texts.optional("title", title);
        Texts.optional("artifact", artifact);
        compatible = Texts.objects("compatible", compatible, MAX_LISTED);
        if (sha256 == null || !Hash.parse(sha256).hex().equals(sha256) || compatible.isEmpty()
                || runtime != null && VersionRange.parse(runtime) == null) {
            throw new IllegalArgumentException("an adapter says the SHA-256 of its artifact, as 64 hex digits, and with which models it is compatible");
        }
    }

    @Override
    public EntryKind kind() {
        return EntryKind.ADAPTER;
    }
}
