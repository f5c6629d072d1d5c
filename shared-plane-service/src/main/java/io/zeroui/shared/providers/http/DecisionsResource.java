package io.zeroui.shared.providers.http;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.rulings.providers.DecisionQuestion;
import io.zeroui.runtime.rulings.DecisionBody;
import io.zeroui.runtime.rulings.DecisionView;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.providers.RegistryKeeper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** May a tenant use a model? Answered from memory. */
@Path("/v1/providers/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Providers, models and adapters, and the rules by which tenants may use them")
public class DecisionsResource {

    private final RegistryKeeper keeper;
    private final Clock clock;

    DecisionsResource(RegistryKeeper keeper, Clock clock) {
        this.keeper = keeper;
        this.clock = clock;
    }

    /** Decides. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "decideProvider", summary = "May a tenant use this model with data of this category in this region through this adapter?")
    @APIResponse(responseCode = "200", description = "Whether it may, and what decided; also where it may not")
    @APIResponse(responseCode = "400", description = "A member is missing or wrong")
    @APIResponse(responseCode = "503", description = "The registry's files have not been read yet")
    public Uni<DecisionView> decide(@Nullable DecisionBody body) {
        DecisionBody asked = Pages.required("body", body);
        DecisionQuestion question = asked.question(asked.requireTenant(), clock.instant());
        return keeper.compiled().map(compiled -> DecisionView.of(compiled.decisions().decide(question)));
    }
}
