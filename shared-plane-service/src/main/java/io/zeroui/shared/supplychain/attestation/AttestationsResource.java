package io.zeroui.shared.supplychain.attestation;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Attestations about what was built and released. */
@Path("/v1/attestations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "attestations", description = "DSSE envelopes and Sigstore bundles, and whether they are believed")
public class AttestationsResource {

    private static final String ID = "{id: [0-9a-f]{64}}";

    private final Attestations attestations;
    private final Callers callers;

    AttestationsResource(Attestations attestations, Callers callers) {
        this.attestations = attestations;
        this.callers = callers;
    }

    /** Takes a document in. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RequiresPermission(value = Permission.SUPPLY_WRITE, planeWide = true)
    @Operation(operationId = "addAttestation", summary = "Keeps a DSSE envelope or Sigstore bundle and says whether it is verified")
    @APIResponse(responseCode = "201", description = "It is kept; verified says whether it is believed, result why not")
    @APIResponse(responseCode = "200", description = "It was there before")
    @APIResponse(responseCode = "400", description = "It cannot be read; error.details.reason says why")
    public Uni<RestResponse<AttestationView>> add(byte @Nullable [] document) {
        if (document == null || document.length == 0) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is a DSSE envelope or a Sigstore bundle");
        }
        return attestations.add(document, callers.current().subject())
                .map(added -> RestResponse.ResponseBuilder
                        .create(added.isNew() ? RestResponse.Status.CREATED : RestResponse.Status.OK, added.attestation())
                        .header("Location", "/v1/attestations/" + added.attestation().id())
                        .header("ETag", added.attestation().tag())
                        .build());
    }

    /** Attestations in pages. */
    @GET
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listAttestations", summary = "Attestations, newest first, in pages")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "400", description = "A parameter is wrong")
    public Uni<Page<AttestationView>> list(
            @QueryParam("subject") @Parameter(description = "Digest of a subject, for example sha256: and 64 hex digits") @Nullable String subject,
            @QueryParam("predicate_type") @Parameter(description = "What kind of thing it says") @Nullable String predicateType,
            @QueryParam("builder") @Parameter(description = "Who built, as SLSA provenance says") @Nullable String builder,
            @QueryParam("signer") @Parameter(description = "Identity or kid of who has verifiably signed") @Nullable String signer,
            @QueryParam("verified") @Parameter(description = "What the newest verification found") @Nullable Boolean verified,
            @QueryParam("link") @Parameter(description = "adapter:ID@VERSION, emitter:KID or sbom:SHA-256") @Nullable String link,
            @QueryParam("cursor") @Parameter(description = "next_cursor of the answer before") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") @Parameter(description = "1 to 200") int limit) {
        return attestations.list(AttestationQuery.of(subject, predicateType, builder, signer, verified, link, cursor, limit));
    }

    /** One attestation. */
    @GET
    @Path(ID)
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "getAttestation", summary = "An attestation with its subjects and links")
    @APIResponse(responseCode = "200", description = "The attestation")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    @APIResponse(responseCode = "404", description = "There is no such attestation")
    public Uni<RestResponse<AttestationView>> get(@PathParam("id") String id, @HeaderParam("If-None-Match") @Nullable String known) {
        return attestations.get(id).map(view -> view.tag().equals(known)
                ? RestResponse.ResponseBuilder.<AttestationView> create(RestResponse.Status.NOT_MODIFIED).header("ETag", view.tag()).build()
                : RestResponse.ResponseBuilder.ok(view).header("ETag", view.tag()).build());
    }

    /** The document of an attestation. */
    @GET
    @Path(ID + "/document")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "getAttestationDocument", summary = "The envelope or bundle, byte for byte as it came")
    @APIResponse(responseCode = "200", description = "The document; its SHA-256 is the attestation's id")
    @APIResponse(responseCode = "404", description = "There is no such attestation")
    public Uni<RestResponse<byte[]>> document(@PathParam("id") String id) {
        return attestations.document(id).map(bytes -> RestResponse.ResponseBuilder.ok(bytes).header("ETag", '"' + id + '"').build());
    }

    /** What verifications have found. */
    @GET
    @Path(ID + "/results")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listAttestationResults", summary = "Every verification of an attestation, newest first, with its trust root's version")
    @APIResponse(responseCode = "200", description = "One page")
    @APIResponse(responseCode = "404", description = "There is no such attestation")
    public Uni<Page<ResultView>> results(@PathParam("id") String id, @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return attestations.results(id, cursor, limit);
    }

    /** Verifies again. */
    @POST
    @Path(ID + "/verify")
    @RequiresPermission(value = Permission.SUPPLY_WRITE, planeWide = true)
    @Operation(operationId = "verifyAttestation", summary = "Verifies an attestation again, under the trust root that counts now")
    @APIResponse(responseCode = "200", description = "The attestation with the new result")
    @APIResponse(responseCode = "404", description = "There is no such attestation")
    public Uni<AttestationView> verify(@PathParam("id") String id) {
        return attestations.verify(id, callers.current().subject());
    }

    /** Links a subject. */
    @POST
    @Path(ID + "/links")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.SUPPLY_WRITE, planeWide = true)
    @Operation(operationId = "linkAttestation", summary = "Says that a subject is an adapter's version, an emitter's key or a bill of materials")
    @APIResponse(responseCode = "200", description = "The attestation with its links")
    @APIResponse(responseCode = "400", description = "The link has another form, or no subject has its digest")
    @APIResponse(responseCode = "404", description = "There is no such attestation")
    public Uni<AttestationView> link(@PathParam("id") String id, @Nullable LinkWish wish) {
        if (wish == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "A link has kind, target and digest");
        }
        return attestations.link(id, wish.checked(), callers.current().subject());
    }
}
