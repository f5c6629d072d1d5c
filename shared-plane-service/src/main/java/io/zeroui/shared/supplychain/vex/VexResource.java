package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.supplychain.sbom.Sboms;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Statements on vulnerabilities. */
@Path("/v1/vex")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "vex", description = "Statements on whether vulnerabilities can be exploited: OpenVEX, CycloneDX, CSAF")
public class VexResource {

    private static final Set<String> STATUSES = Set.of("affected", "not_affected", "fixed", "under_investigation");
    private static final int PAGE_DEFAULT = 50;
    private static final int PAGE_MOST = 500;

    private final Vex vex;
    private final VexStore store;
    private final Sboms sboms;
    private final ObjectStore objects;
    private final Callers callers;

    VexResource(Vex vex, VexStore store, Sboms sboms, ObjectStore objects, Callers callers) {
        this.vex = vex;
        this.store = store;
        this.sboms = sboms;
        this.objects = objects;
        this.callers = callers;
    }

    /**
     * A page of documents.
     *
     * @param items the newest first
     * @param nextCursor for the parameter {@code cursor} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VexPage(List<StoredVex> items, @Nullable String nextCursor) {
    }

    /**
     * A page of statements.
     *
     * @param items in the order in which they came
     * @param nextCursor for the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StatementPage(List<StoredStatement> items, @Nullable String nextCursor) {
    }

    /** Adds a document. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @RequiresPermission(value = Permission.SUPPLY_WRITE, planeWide = true)
    @Blocking
    @Operation(operationId = "addVex", summary = "Adds a document with statements on vulnerabilities")
    @APIResponse(responseCode = "201", description = "It was taken in")
    @APIResponse(responseCode = "200", description = "It was there before")
    @APIResponse(responseCode = "400", description = "It is none of the formats, or breaks a rule")
    public Uni<Response> add(byte @Nullable [] body) {
        String by = callers.current().subject();
        return vex.add(body == null ? new byte[0] : body, by).map(added -> Response.status(added.isNew() ? Response.Status.CREATED : Response.Status.OK)
                .header("Location", "/v1/vex/" + added.document().digest()).header("ETag", "\"" + added.document().digest() + "\"")
                .entity(added.document()).build());
    }

    /** All documents. */
    @GET
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listVex", summary = "Documents with statements on vulnerabilities, the newest first, in pages")
    public Uni<VexPage> list(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        int most = limit(limit);
        return store.list(number(cursor, Long.MAX_VALUE), most + 1)
                .map(found -> new VexPage(found.size() > most ? found.subList(0, most) : found,
                        found.size() > most ? Long.toString(found.get(most - 1).id()) : null));
    }

    /** One document's description. */
    @GET
    @Path("{digest}")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "getVex", summary = "What is known of a document")
    @APIResponse(responseCode = "404", description = "There is none of this digest")
    public Uni<StoredVex> get(@RestPath String digest) {
        return vex.get(digest(digest));
    }

    /** The document. */
    @GET
    @Path("{digest}/document")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "exportVex", summary = "The document, byte for byte as it came")
    public Uni<Response> document(@RestPath String digest) {
        Hash hash = digest(digest);
        return vex.get(hash).chain(found -> objects.read(Area.SBOM, hash))
                .map(bytes -> Response.ok(bytes).header("ETag", "\"" + hash.hex() + "\"").build());
    }

    /** Statements. */
    @GET
    @Path("statements")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "listVexStatements", summary = "All statements on a vulnerability or a package, in pages")
    public Uni<StatementPage> statements(@RestQuery @Parameter(description = "for example CVE-2021-44228") @Nullable String vulnerability,
            @RestQuery @Parameter(description = "package URL; all its versions are meant") @Nullable String purl,
            @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        if (vulnerability == null && purl == null) {
            throw SbomProblem.WRONG_PARAMETER.because("vulnerability or purl must be given");
        }
        int most = limit(limit);
        String[] after = cursor == null ? new String[] {"-1", "-1"} : cursor.split("-", 2);
        if (after.length != 2 || purl != null && !purl.startsWith("pkg:")) {
            throw SbomProblem.WRONG_PARAMETER.because("cursor or purl is wrong");
        }
        String coordinate = purl == null ? null : Vex.coordinate(VexReader.identifier(purl));
        long from = cursor == null ? -1 : number(after[0], -1);
        int ordinal = cursor == null ? -1 : (int) Math.min(Integer.MAX_VALUE, number(after[1], -1));
        return store.by(vulnerability, coordinate, from, ordinal, most + 1)
                .map(found -> new StatementPage(found.size() > most ? found.subList(0, most) : found,
                        found.size() > most ? found.get(most - 1).vexId() + "-" + found.get(most - 1).ordinal() : null));
    }

    /** What is said of a bill of materials. */
    @GET
    @Path("findings")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "vexFindings", summary = "Which components of a bill of materials are affected by what, as each author says last")
    @APIResponse(responseCode = "404", description = "There is no such bill of materials")
    public Uni<Vex.Findings> findings(@RestQuery @Parameter(description = "digest, project or project@release of a bill of materials", required = true) @Nullable String sbom,
            @RestQuery @Parameter(description = "only affected, not_affected, fixed or under_investigation") @Nullable String status) {
        if (sbom == null || sbom.isBlank() || sbom.indexOf('\0') >= 0 || status != null && !STATUSES.contains(status)) {
            throw SbomProblem.WRONG_PARAMETER.because("sbom must be given; status is affected, not_affected, fixed or under_investigation");
        }
        return sboms.named(sbom.strip()).chain(found -> vex.findings(found, status));
    }

    private static Hash digest(String given) {
        try {
            return Hash.parse(given);
        } catch (IllegalArgumentException e) {
            throw SbomProblem.NOT_FOUND.because("There is no document of that digest; it is SHA-256, 64 hex digits");
        }
    }

    private static int limit(@Nullable String given) {
        long limit = number(given, PAGE_DEFAULT);
        if (limit < 1 || limit > PAGE_MOST) {
            throw SbomProblem.WRONG_PARAMETER.because("limit must be a whole number from 1 to " + PAGE_MOST);
        }
        return (int) limit;
    }

    private static long number(@Nullable String given, long otherwise) {
        try {
            return given == null ? otherwise : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw SbomProblem.WRONG_PARAMETER.because("limit or cursor is no number that is possible here");
        }
    }
}
