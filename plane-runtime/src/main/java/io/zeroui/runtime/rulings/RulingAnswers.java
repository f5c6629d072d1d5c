package io.zeroui.runtime.rulings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.RulingsObjection;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answers of a plane that follows the rulings: from memory, without the shared plane, the bus or the database. */
@ApplicationScoped
public class RulingAnswers {

    private final KnownRulings known;
    private final TenantAccess tenants;
    private final Clock clock;

    RulingAnswers(KnownRulings known, TenantAccess tenants, Clock clock) {
        this.known = known;
        this.tenants = tenants;
        this.clock = clock;
    }

    /**
     * What this plane knows.
     *
     * @param epoch of the rulings that are believed; absent where none are
     * @param version of them
     * @param sha256 of their document
     * @param issuedAt when they were signed
     * @param expiresAt from when they are stale
     * @param stale whether they are, or there are none
     * @param objection why the last delivery was refused; absent where it was not
     * @param detail the same in words
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Copy(@Nullable Long epoch, @Nullable Long version, @Nullable String sha256, @Nullable Instant issuedAt,
            @Nullable Instant expiresAt, boolean stale, @Nullable RulingsObjection objection, @Nullable String detail) {
    }

    /**
     * Whether the caller's tenant may.
     *
     * @param tenant the tenant that the request names; absent where the credential says it
     * @throws ProblemException 400 where the question is none, 403 where it is about another tenant
     */
    public DecisionView decide(@Nullable String tenant, @Nullable DecisionBody body) {
        TenantId who = tenants.get(tenant, Permission.PROVIDERS_READ, TenantAccess.HEADER);
        if (body == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
        }
        if (body.tenant() != null && !body.tenant().equals(who.value())) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "The question names another tenant than the caller's");
        }
        Instant now = clock.instant();
        return DecisionView.of(known, body.question(who, now), now);
    }

    /** How fresh the copy is. */
    public Copy copy() {
        var state = known.state();
        SignedRulings signed = state.rulings();
        boolean stale = known.isStale(clock.instant());
        if (signed == null) {
            return new Copy(null, null, null, null, null, stale, state.objection(), state.detail());
        }
        Rulings rulings = signed.rulings();
        return new Copy(rulings.epoch(), rulings.version(), signed.hash().hex(), rulings.issuedAt(), rulings.expiresAt(), stale, state.objection(),
                state.detail());
    }
}
