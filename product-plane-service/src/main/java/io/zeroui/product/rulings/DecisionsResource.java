package io.zeroui.product.rulings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.RulingsObjection;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.rulings.DecisionBody;
import io.zeroui.runtime.rulings.DecisionView;
import io.zeroui.runtime.rulings.KnownRulings;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** May a tenant use a model? Answered from memory: without the shared plane, without the bus, without the database. */
@Path("/v1/providers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Whether a tenant may use a model, by the rules that the shared plane has signed")
public class DecisionsResource {

    private final KnownRulings known;
    private final TenantAccess tenants;
    private final Clock clock;

    DecisionsResource(KnownRulings known, TenantAccess tenants, Clock clock) {
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

    /** Decides. */
    @POST
    @Path("decisions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.PROVIDERS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "decideProvider", summary = "May the tenant use this model with data of this category in this region through this adapter?")
    @APIResponse(responseCode = "200", description = "Whether it may, and what decided; also where it may not")
    @APIResponse(responseCode = "400", description = "A member is missing or wrong")
    public Uni<DecisionView> decide(@HeaderParam(TenantAccess.HEADER) @Nullable String tenant, @Nullable DecisionBody body) {
        TenantId who = tenants.get(tenant, Permission.PROVIDERS_READ, TenantAccess.HEADER);
        if (body == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
        }
        if (body.tenant() != null && !body.tenant().equals(who.value())) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "The question names another tenant than the caller's");
        }
        Instant now = clock.instant();
        return Uni.createFrom().item(DecisionView.of(known, body.question(who, now), now));
    }

    /** How fresh the copy is. */
    @GET
    @Path("rulings")
    @RequiresPermission(Permission.PROVIDERS_READ)
    @Limited(RateLimit.QUERY)
    @Operation(operationId = "getRulingsCopy", summary = "Which rulings this plane knows, and whether they are stale")
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
