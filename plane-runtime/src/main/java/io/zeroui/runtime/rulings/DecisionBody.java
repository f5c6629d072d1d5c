package io.zeroui.runtime.rulings;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.providers.DataCategory;
import io.zeroui.contracts.rulings.providers.DecisionQuestion;
import io.zeroui.runtime.problems.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A question over HTTP.
 *
 * @param tenant who; on the shared plane only, elsewhere the caller's tenant is meant
 * @param model {@code {name}} or {@code {name}@{version}}
 * @param dataCategory {@code public}, {@code internal}, {@code confidential} or {@code restricted}
 * @param region where
 * @param adapter {@code {name}} or {@code {name}@{version}}
 * @param adapterSha256 of the artifact that is there, 64 hex digits; absent where it is not compared
 * @param at when, RFC 3339; absent for now
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(requiredProperties = { "model", "data_category", "region", "adapter" })
public record DecisionBody(@Nullable String tenant, @Nullable String model, @Nullable String dataCategory, @Nullable String region,
        @Nullable String adapter, @Nullable String adapterSha256, @Nullable Instant at) {

    private static final Map<String, DataCategory> CATEGORIES = Map.of("public", DataCategory.PUBLIC, "internal", DataCategory.INTERNAL,
            "confidential", DataCategory.CONFIDENTIAL, "restricted", DataCategory.RESTRICTED);

    /**
     * The tenant that it names.
     *
     * @throws ProblemException 400 where it names none
     */
    public TenantId requireTenant() {
        try {
            return TenantId.of(required("tenant", tenant));
        } catch (IllegalArgumentException e) {
            throw wrong("tenant", String.valueOf(e.getMessage()));
        }
    }

    /**
     * The question.
     *
     * @throws ProblemException 400 where a member is missing or wrong; the message names it
     */
    public DecisionQuestion question(TenantId who, Instant now) {
        DataCategory category = Optional.ofNullable(CATEGORIES.get(required("data_category", dataCategory)))
                .orElseThrow(() -> wrong("data_category", "data_category is one of " + Arrays.toString(DataCategory.values())));
        Region where;
        try {
            where = Region.of(required("region", region));
        } catch (IllegalArgumentException e) {
            throw wrong("region", String.valueOf(e.getMessage()));
        }
        if (adapterSha256 != null && !adapterSha256.matches("[0-9a-f]{64}")) {
            throw wrong("adapter_sha256", "adapter_sha256 has 64 lower-case hex digits");
        }
        try {
            return DecisionQuestion.of(who, required("model", model), category, where, required("adapter", adapter), adapterSha256,
                    at == null ? now : at);
        } catch (IllegalArgumentException e) {
            throw wrong("model or adapter", String.valueOf(e.getMessage()));
        }
    }

    private static String required(String member, @Nullable String value) {
        if (value == null) {
            throw wrong(member, member + " is required");
        }
        return value;
    }

    private static ProblemException wrong(String member, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail, Map.of("member", member));
    }
}
