package io.zeroui.shared.providers.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.names.ResourceName;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.providers.ProviderRegistry;
import io.zeroui.shared.providers.book.RegistryDeed.StandingSet;
import io.zeroui.shared.providers.entries.EntryKind;
import io.zeroui.shared.providers.entries.InvalidEntry;
import io.zeroui.shared.providers.entries.SignedEntry;
import io.zeroui.shared.providers.index.EntryRow;
import io.zeroui.shared.providers.index.ProviderStore;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Versions of providers, models and adapters. */
@Path("/v1/providers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Providers, models and adapters, and the rules by which tenants may use them")
public class EntriesResource {

    private static final JsonLimits LIMITS = new JsonLimits(2 * SignedEntry.MAX_BYTES, 16, 4_096, 32, 4_096);

    private final ProviderRegistry registry;
    private final ProviderStore store;
    private final Callers callers;

    EntriesResource(ProviderRegistry registry, ProviderStore store, Callers callers) {
        this.registry = registry;
        this.store = store;
        this.callers = callers;
    }

    /**
     * What has become of a document.
     *
     * @param kind what it is about
     * @param name which one
     * @param version its version
     * @param sha256 of its canonical form
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Receipt(EntryKind kind, String name, String version, String sha256) {
    }

    /**
     * How something shall stand.
     *
     * @param kind what it is about
     * @param name which one
     * @param version which version; absent for all, those to come too
     * @param standing {@code deprecated}, {@code revoked}, or {@code active} for what was deprecated
     * @param sunset from when it must not be used any more; only with {@code deprecated}
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record StandingBody(@Nullable EntryKind kind, @Nullable String name, @Nullable String version, @Nullable Standing standing,
            @Nullable Instant sunset, @Nullable String reason) {

        StandingSet deed() {
            return new StandingSet(Pages.required("kind", kind), Pages.read("name", ResourceName::require, Pages.required("name", name)),
                    version == null ? null : Pages.read("version", ResourceName::requireVersion, version), Pages.required("standing", standing),
                    sunset, Reasons.required(reason));
        }
    }

    /** Registers a version. */
    @POST
    @Path("entries")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.PROVIDERS_MANAGE, planeWide = true)
    @Operation(operationId = "registerEntry", summary = "Registers a version of a provider, model or adapter: a document that the holder of its namespace has signed")
    @APIResponse(responseCode = "201", description = "It is registered, for ever as it is")
    @APIResponse(responseCode = "200", description = "It was, with the same bytes")
    @APIResponse(responseCode = "400", description = "The document is not of its kind's form, or has something in it that is no metadata")
    @APIResponse(responseCode = "403", description = "Nobody has proven that the namespace is his, or somebody else has signed")
    @APIResponse(responseCode = "409", description = "That version is another document")
    public Uni<RestResponse<Receipt>> register(@RequestBody(description = "The signed document") byte[] body) {
        SignedEntry entry = read(body);
        Receipt receipt = new Receipt(entry.content().kind(), entry.content().name(), entry.content().version(), entry.hash().hex());
        return registry.register(entry, callers.current().subject())
                .map(done -> RestResponse.status(done.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK, receipt));
    }

    private static SignedEntry read(byte[] body) {
        try {
            return SignedEntry.read(StrictJson.parseDocument(body, LIMITS));
        } catch (InvalidJson | InvalidEntry e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /** Versions in pages. */
    @GET
    @Path("entries/{kind}")
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "listEntries", summary = "Versions by name and version, without their documents")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    public Uni<RestResponse<Pages.Page<EntryRow>>> list(@RestPath @Parameter(description = "provider, model or adapter") String kind,
            @RestQuery @Parameter(description = "only this name and what is below") @Nullable String under,
            @RestQuery @Parameter(description = "only what is active, deprecated or revoked") @Nullable String standing,
            @RestQuery @Parameter(description = "next of the page before") @Nullable String after,
            @RestQuery @Parameter(description = "1 to 1000, 100 if not given") @Nullable Integer limit,
            @HeaderParam("If-None-Match") @Nullable String known) {
        int sign = after == null ? -1 : after.indexOf('@');
        String name = after == null ? "" : sign < 0 ? after : after.substring(0, sign);
        String version = after == null || sign < 0 ? "" : after.substring(sign + 1);
        int most = Pages.limit(limit);
        return store.entries(Pages.read("kind", EntryKind::ofKey, kind), name, version, under, standing, most + 1)
                .map(rows -> Pages.tagged(Pages.of(rows, most, row -> row.name() + "@" + row.version()), known));
    }

    /** One version, with its document. */
    @GET
    @Path("entries/{kind}/{name: .+}")
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "getEntry", summary = "A version with its signed document")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    @APIResponse(responseCode = "404", description = "There is no such version")
    public Uni<RestResponse<EntryRow>> get(@RestPath String kind, @RestPath @Parameter(description = "its name, with slashes as they are") String name,
            @RestQuery @Parameter(description = "the version that was registered last if not given") @Nullable String version,
            @HeaderParam("If-None-Match") @Nullable String known) {
        return store.entry(Pages.read("kind", EntryKind::ofKey, kind), name, version)
                .map(found -> Pages.tagged(found.orElseThrow(() -> Pages.missing("such version of it in the registry")), known));
    }

    /** Deprecates or revokes. */
    @POST
    @Path("standings")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.PROVIDERS_MANAGE, planeWide = true)
    @Operation(operationId = "setStanding", summary = "Deprecates or revokes a version, or all of a name; a revocation is for ever and reaches all planes at once")
    @APIResponse(responseCode = "204", description = "It stands so")
    @APIResponse(responseCode = "404", description = "It is not registered")
    @APIResponse(responseCode = "409", description = "It is revoked")
    public Uni<RestResponse<Void>> stand(@Nullable StandingBody body) {
        return registry.change(Pages.required("body", body).deed(), callers.current().subject()).map(act -> RestResponse.noContent());
    }
}
