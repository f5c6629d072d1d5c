package io.zeroui.shared.providers.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.rulings.names.ResourceName;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.providers.ProviderRegistry;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceGranted;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceWithdrawn;
import io.zeroui.shared.providers.index.NamespaceRow;
import io.zeroui.shared.providers.index.ProviderStore;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Who may register what. */
@Path("/v1/providers/namespaces")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Providers, models and adapters, and the rules by which tenants may use them")
public class NamespacesResource {

    private final ProviderRegistry registry;
    private final ProviderStore store;
    private final Callers callers;

    NamespacesResource(ProviderRegistry registry, ProviderStore store, Callers callers) {
        this.registry = registry;
        this.store = store;
        this.callers = callers;
    }

    /**
     * For which key a namespace shall stand.
     *
     * @param namespace a name
     * @param publicKey Ed25519, raw, base64
     * @param proof that key's signature under the statement, base64
     * @param agreement the signature of who holds it, or the one above, now; absent where nobody does
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record GrantBody(@Nullable String namespace, @Nullable String publicKey, @Nullable String proof, @Nullable String agreement,
            @Nullable String reason) {

        NamespaceGranted deed() {
            return new NamespaceGranted(Pages.read("namespace", ResourceName::require, Pages.required("namespace", namespace)),
                    Pages.required("public_key", publicKey), Pages.required("proof", proof), agreement, Reasons.required(reason));
        }
    }

    /** Lets a namespace stand for a key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.PROVIDERS_MANAGE, planeWide = true)
    @Operation(operationId = "grantNamespace", summary = "Lets a namespace, and all below it, stand for a key whose holder has proven that he has it")
    @APIResponse(responseCode = "204", description = "Who has the key may register there")
    @APIResponse(responseCode = "403", description = "The proof is not the key's, or who holds the namespace or the one above has not agreed")
    public Uni<RestResponse<Void>> grant(@Nullable GrantBody body) {
        return registry.change(Pages.required("body", body).deed(), callers.current().subject()).map(act -> RestResponse.noContent());
    }

    /** Namespaces in pages. */
    @GET
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "listNamespaces", summary = "Who holds which namespace")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    public Uni<RestResponse<Pages.Page<NamespaceRow>>> list(@RestQuery @Nullable String after, @RestQuery @Nullable Integer limit,
            @HeaderParam("If-None-Match") @Nullable String known) {
        int most = Pages.limit(limit);
        return store.namespaces(after == null ? "" : after, most + 1).map(rows -> Pages.tagged(Pages.of(rows, most, NamespaceRow::namespace), known));
    }

    /** Takes a namespace away. */
    @DELETE
    @Path("{namespace: .+}")
    @RequiresPermission(value = Permission.PROVIDERS_MANAGE, planeWide = true)
    @Operation(operationId = "withdrawNamespace", summary = "Takes a namespace away, for example because its key was lost; what is registered stays")
    @APIResponse(responseCode = "204", description = "Nobody holds it")
    @APIResponse(responseCode = "404", description = "Nobody held it")
    public Uni<RestResponse<Void>> withdraw(@RestPath String namespace, @RestQuery @Nullable String reason) {
        return registry.change(new NamespaceWithdrawn(Pages.read("namespace", ResourceName::require, namespace), Reasons.required(reason)),
                callers.current().subject()).map(act -> RestResponse.noContent());
    }
}
