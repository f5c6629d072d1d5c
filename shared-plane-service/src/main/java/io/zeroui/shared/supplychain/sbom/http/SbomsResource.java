package io.zeroui.shared.supplychain.sbom.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.supplychain.sbom.SbomJobs;
import io.zeroui.shared.supplychain.sbom.Sboms;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.sbom.store.DiffStore;
import io.zeroui.shared.supplychain.sbom.store.FileDigest;
import io.zeroui.shared.supplychain.sbom.store.PathStore;
import io.zeroui.shared.supplychain.sbom.store.SbomStore;
import io.zeroui.shared.supplychain.sbom.store.StoredSbom;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Bills of materials. They are added at {@link SbomUploadRoute}. */
@Path("/v1/sboms")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sboms", description = "Bills of materials: what software is made of, and what changed between releases")
public class SbomsResource {

    private static final Set<String> CHANGES = Set.of("added", "removed", "version_changed", "licence_changed", "changed");
    private static final int PATHS_MOST = 100;
    private static final int PATHS_DEFAULT = 10;

    private final Sboms sboms;
    private final SbomJobs jobs;
    private final SbomStore store;
    private final DiffStore diffs;
    private final PathStore paths;
    private final ObjectStore objects;

    SbomsResource(Sboms sboms, SbomJobs jobs, SbomStore store, DiffStore diffs, PathStore paths, ObjectStore objects) {
        this.sboms = sboms;
        this.jobs = jobs;
        this.store = store;
        this.diffs = diffs;
        this.paths = paths;
        this.objects = objects;
    }

    /** All, in pages. */
    @GET
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listSboms", summary = "Bills of materials, the newest first, in pages")
    public Uni<Pages.SbomPage> list(@RestQuery @Parameter(description = "only of this project") @Nullable String project,
            @RestQuery @Parameter(description = "1 to 500, by default 50") @Nullable String limit,
            @RestQuery @Parameter(description = "next_cursor of the answer before") @Nullable String cursor) {
        int most = Cursors.limit(limit);
        return store.list(Cursors.position(cursor, Long.MAX_VALUE), project, most + 1)
                .map(found -> new Pages.SbomPage(Pages.cut(found, most), Pages.next(found, most, one -> Long.toString(one.id()))));
    }

    /** One. */
    @GET
    @Path("{digest}")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "getSbom", summary = "What is known of a bill of materials")
    @APIResponse(responseCode = "404", description = "There is none of this digest")
    public Uni<StoredSbom> get(@RestPath @Parameter(description = "SHA-256 of the document, 64 hex digits") String digest) {
        return sboms.get(Cursors.digest(digest));
    }

    /** The newest of a project. */
    @GET
    @Path("newest")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "newestSbom", summary = "The newest bill of materials of a project or release")
    @APIResponse(responseCode = "404", description = "There is none of it")
    public Uni<StoredSbom> newest(@RestQuery @Parameter(description = "the project, or project@release", required = true) @Nullable String of) {
        return sboms.named(required("of", of));
    }

    /** The document. */
    @GET
    @Path("{digest}/document")
    @Produces(MediaType.WILDCARD)
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "exportSbom", summary = "The document, byte for byte as it came")
    @APIResponse(responseCode = "200", description = "The document; ETag and Repr-Digest have its SHA-256")
    @APIResponse(responseCode = "304", description = "The caller has it")
    @APIResponse(responseCode = "409", description = "What is stored is no longer what was added")
    public Uni<Response> document(@RestPath String digest, @HeaderParam("If-None-Match") @Nullable String known) {
        Hash hash = Cursors.digest(digest);
        return sboms.get(hash).chain(found -> Uni.createFrom().item(() -> document(found, hash, known))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
    }

    private Response document(StoredSbom found, Hash hash, @Nullable String known) {
        String tag = "\"" + hash.hex() + "\"";
        if (known != null && known.contains(tag)) {
            return Response.notModified().header("ETag", tag).build();
        }
        java.nio.file.Path file = objects.path(Area.SBOM, hash);
        if (!Files.exists(file) || !FileDigest.of(file).equals(hash)) {
            throw new ProblemException(ErrorCode.CHAIN_INTEGRITY_FAILED, ErrorCode.CHAIN_INTEGRITY_FAILED.status(),
                    "The stored document is no longer the one that was added", Map.of("reason", "DIGEST_MISMATCH"));
        }
        SbomFormat format = SbomFormat.of(found.format());
        return Response.ok(file.toFile()).type(format.mediaType()).header("ETag", tag)
                .header("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(hash.bytes()) + ":")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", "attachment; filename=\"" + hash.hex() + "." + format.extension() + "\"").build();
    }

    /** Its components. */
    @GET
    @Path("{digest}/components")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listSbomComponents", summary = "The components of a bill of materials in its order, in pages")
    public Uni<Pages.PlacePage> components(@RestPath String digest, @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        int most = Cursors.limit(limit);
        int after = (int) Math.max(-1, Math.min(Integer.MAX_VALUE, Cursors.position(cursor, -1)));
        return sboms.get(Cursors.digest(digest)).chain(found -> store.components(found.id(), after, most + 1))
                .map(found -> new Pages.PlacePage(Pages.cut(found, most), Pages.next(found, most, one -> Integer.toString(one.ordinal()))));
    }

    /** The ways to a component. */
    @GET
    @Path("{digest}/paths")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "sbomPaths", summary = "The ways from the root of a bill of materials to one of its components")
    @APIResponse(responseCode = "404", description = "There is no such document or component")
    public Uni<PathStore.Paths> paths(@RestPath String digest,
            @RestQuery @Parameter(description = "reference or package URL of the component", required = true) @Nullable String ref,
            @RestQuery @Parameter(description = "1 to 100, by default 10") @Nullable String limit) {
        int most = Cursors.number(limit, "limit", 1, PATHS_MOST, PATHS_DEFAULT);
        String wanted = required("ref", ref);
        return sboms.get(Cursors.digest(digest)).chain(found -> store.ordinal(found.id(), wanted)
                .map(ordinal -> ordinal.orElseThrow(() -> SbomProblem.NOT_FOUND.because("The document has no such component")))
                .chain(ordinal -> paths.paths(found.id(), ordinal, most)));
    }

    /** What changed. */
    @GET
    @Path("diff")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "diffSboms", summary = "What changed between two bills of materials, in pages")
    @APIResponse(responseCode = "404", description = "One of them is not there")
    public Uni<Pages.DiffPage> diff(@RestQuery @Parameter(description = "digest, project or project@release of the older one", required = true) @Nullable String before,
            @RestQuery @Parameter(description = "the same of the newer one", required = true) @Nullable String after,
            @RestQuery @Parameter(description = "only added, removed, version_changed, licence_changed or changed") @Nullable String change,
            @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        int most = Cursors.limit(limit);
        if (change != null && !CHANGES.contains(change)) {
            throw SbomProblem.WRONG_PARAMETER.because("change must be added, removed, version_changed, licence_changed or changed");
        }
        String behind = cursor == null ? "" : Cursors.content(cursor);
        return Uni.combine().all().unis(sboms.named(required("before", before)), sboms.named(required("after", after))).asTuple()
                .chain(both -> Uni.combine().all().unis(cursor == null ? diffs.counts(both.getItem1().id(), both.getItem2().id()) : Uni.createFrom().item(Map.<String, Long> of()),
                        diffs.changes(both.getItem1().id(), both.getItem2().id(), behind, change, most + 1))
                        .with((counts, found) -> page(both.getItem1(), both.getItem2(), counts, found, most)));
    }

    private static Pages.DiffPage page(StoredSbom before, StoredSbom after, Map<String, Long> counts, List<DiffStore.Change> found, int most) {
        return new Pages.DiffPage(before, after, counts, Pages.cut(found, most), Pages.next(found, most, one -> Cursors.text(one.coordinate())));
    }

    /** A job. */
    @GET
    @Path("jobs/{job}")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "sbomJob", summary = "How far a document is taken in")
    @APIResponse(responseCode = "404", description = "There is no such job, or it is forgotten")
    public Pages.JobView job(@RestPath String job) {
        try {
            return jobs.find(UUID.fromString(job)).map(Pages.JobView::of).orElseThrow(() -> SbomProblem.NOT_FOUND.because("There is no such job"));
        } catch (IllegalArgumentException e) {
            throw SbomProblem.NOT_FOUND.because("There is no such job");
        }
    }

    private static String required(String name, @Nullable String given) {
        if (given == null || given.isBlank() || given.indexOf('\0') >= 0) {
            throw SbomProblem.WRONG_PARAMETER.because("The query parameter " + name + " is required");
        }
        return given.strip();
    }
}
