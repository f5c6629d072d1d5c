package io.zeroui.shared.evaluation.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.harness.DocumentKind;
import io.zeroui.shared.evaluation.harness.GateDocument;
import io.zeroui.shared.evaluation.harness.Harness;
import io.zeroui.shared.evaluation.harness.VersionedDocument;
import io.zeroui.shared.evaluation.harness.Wish;
import io.zeroui.shared.evaluation.verdicts.KeptVerdict;
import io.zeroui.shared.evaluation.verdicts.VerdictWish;
import io.zeroui.shared.evaluation.verdicts.Verdicts;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Gates, and what they have decided. */
@Path("/v1/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "evaluations", description = "Suites, datasets, runs, their comparison, and gates")
public class GatesResource {

    private static final int TEXT_MOST = 300;

    private final Harness harness;
    private final Verdicts verdicts;
    private final EvaluationCalls calls;

    GatesResource(Harness harness, Verdicts verdicts, EvaluationCalls calls) {
        this.harness = harness;
        this.verdicts = verdicts;
        this.calls = calls;
    }

    /**
     * A page of verdicts.
     *
     * @param items the newest first
     * @param next for the parameter {@code before} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VerdictList(List<KeptVerdict> items, @Nullable Long next) {
    }

    /** The gates. */
    @GET
    @Path("gates")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationGates", summary = "The newest version of each gate, by name")
    public Uni<DocumentList> list(@QueryParam("after") @DefaultValue("") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        return harness.list(DocumentKind.GATE, Objects.requireNonNull(EvaluationCalls.text("after", after, TEXT_MOST)), most)
                .map(items -> DocumentList.byName(items, most));
    }

    /** One gate. */
    @GET
    @Path("gates/{gate}")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "getEvaluationGate", summary = "A version of a gate, the newest where none is named")
    @APIResponse(responseCode = "304", description = EvaluationCalls.NOT_MODIFIED)
    @APIResponse(responseCode = "404", description = "There is no such gate or version")
    public Uni<RestResponse<VersionedDocument>> get(@PathParam("gate") String gate, @QueryParam("version") @Nullable Long version,
            @HeaderParam("If-None-Match") @Nullable String known) {
        return harness.get(DocumentKind.GATE, EvaluationProblem.name("gate", gate), version)
                .map(found -> EvaluationCalls.tagged("gate " + found.name() + " " + found.version() + " " + found.digest(), known, () -> found));
    }

    /** Writes a version. */
    @PUT
    @Path("gates/{gate}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.EVALUATION_GATE, planeWide = true)
    @Operation(operationId = "putEvaluationGate", summary = "Writes a version of a gate: description, suite, confidence, valid_for, criteria of the kinds bound (score, "
            + "value, sure), no_worse (score, margin, sure), no_regression (score, tag), errors (share), items (least)")
    @APIResponse(responseCode = "404", description = "There is no such suite")
    public Uni<VersionedDocument> put(@PathParam("gate") String gate, byte @Nullable [] body) {
        String by = calls.by();
        String name = EvaluationProblem.name("gate", gate);
        ObjectNode document = GateDocument.parse(body == null ? new byte[0] : body);
        return harness.get(DocumentKind.SUITE, document.path("suite").asText(), null)
                .chain(suite -> harness.put(DocumentKind.GATE, name, document, by));
    }

    /** Asks a gate. */
    @POST
    @Path("gates/{gate}/verdicts")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.EVALUATION_GATE, planeWide = true)
    @Operation(operationId = "decideEvaluationGate", summary = "Has a gate decide whether a model, policy, prompt or agent may go on: run, baseline, subject with kind, "
            + "id and version, which of a policy is its snapshot_hash. The verdict is kept, and told the other planes in the signed rulings until it expires")
    @APIResponse(responseCode = "201", description = "The verdict, passed or not, with what each criterion says")
    @APIResponse(responseCode = "404", description = "There is no such gate or run")
    @APIResponse(responseCode = "409", description = "The run is of another suite, dataset or model")
    public Uni<RestResponse<KeptVerdict>> decide(@PathParam("gate") String gate, byte @Nullable [] body) {
        String by = calls.by();
        String name = EvaluationProblem.name("gate", gate);
        Wish wish = Wish.parse(body, "run", "baseline", "subject");
        Wish subject = wish.inner("subject", "kind", "id", "version");
        VerdictWish asked = new VerdictWish(name, wish.text("run", TEXT_MOST), wish.has("baseline") ? wish.text("baseline", TEXT_MOST) : null,
                kind(subject.text("kind", TEXT_MOST)), subject.text("id", TEXT_MOST), subject.text("version", TEXT_MOST));
        return verdicts.decide(asked, by).map(verdict -> RestResponse.status(RestResponse.Status.CREATED, verdict));
    }

    /** What gates have decided. */
    @GET
    @Path("verdicts")
    @RequiresPermission(value = Permission.EVALUATION_READ, planeWide = true)
    @Operation(operationId = "listEvaluationVerdicts", summary = "What gates have decided, the newest first; also what does not count any more")
    public Uni<VerdictList> verdicts(@QueryParam("gate") @Nullable String gate, @QueryParam("subject_kind") @Nullable String subjectKind,
            @QueryParam("subject_id") @Nullable String subjectId, @QueryParam("before") @DefaultValue("9223372036854775807") long before,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        int most = EvaluationCalls.limit(limit);
        return verdicts.list(gate == null ? null : EvaluationProblem.name("gate", gate), subjectKind == null ? null : kind(subjectKind).key(),
                EvaluationCalls.text("subject_id", subjectId, TEXT_MOST), EvaluationCalls.before(before), most)
                .map(items -> new VerdictList(items, items.size() < most ? null : items.get(most - 1).number()));
    }

    private static SubjectKind kind(String key) {
        return Arrays.stream(SubjectKind.values()).filter(kind -> kind.key().equals(key)).findFirst()
                .orElseThrow(() -> EvaluationProblem.invalid("subject.kind", "must be model, policy, prompt or agent"));
    }
}
