package io.zeroui.tenant.evidence.witness;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.runtime.limits.Limited;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who has cosigned a tenant's log. */
@Path("/v1/evidence/logs/{tenant}/witnesses")
@Tag(name = "evidence log", description = "The tenants' Merkle logs, for auditors and witnesses")
public class WitnessesResource {

    private final Witnessing witnessing;
    private final TenantAccess access;
    private final EvidenceWorkers workers;

    WitnessesResource(Witnessing witnessing, TenantAccess access, EvidenceWorkers workers) {
        this.witnessing = witnessing;
        this.access = access;
        this.workers = workers;
    }

    /**
     * A cosigned checkpoint. It is shown as it is kept; whoever relies on it verifies the note with the keys that he trusts.
     *
     * @param witness name of the witness' key
     * @param keyId id of it, hex
     * @param size of the checkpoint
     * @param rootHash of it, base64
     * @param cosignedAt when the witness says that it signed
     * @param note log's and witness' signatures under it, C2SP signed-note
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record CosignedCheckpoint(String witness, String keyId, long size, String rootHash, Instant cosignedAt,
            String note) {
    }

    /**
     * The witnesses of a log.
     *
     * @param items of each the largest checkpoint that it has cosigned
     * @param refusals who does not cosign, and why; an operator must look
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Witnesses(List<CosignedCheckpoint> items, List<Witnessing.Refusal> refusals) {
    }

    /** The cosigned checkpoints. */
    @GET
    @RequiresPermission(Permission.EVIDENCE_READ)
    @Limited(RateLimit.QUERY)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "listLogWitnesses", summary = "Of each witness the largest checkpoint that it has cosigned")
    public Uni<Witnesses> list(@PathParam("tenant") String tenant) {
        TenantId whose = access.get(tenant, Permission.EVIDENCE_READ_ALL, "tenant");
        return workers.read(() -> new Witnesses(items(whose), witnessing.refusals(whose)));
    }

    private List<CosignedCheckpoint> items(TenantId tenant) throws IOException {
        List<CosignedCheckpoint> items = new ArrayList<>();
        for (SignedNote note : witnessing.cosigned(tenant)) {
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            note.signatures().stream().filter(signature -> !signature.keyName().equals(checkpoint.origin()))
                    .forEach(signature -> items.add(item(checkpoint, signature, note)));
        }
        return items;
    }

    private static CosignedCheckpoint item(Checkpoint checkpoint, NoteSignature signature, SignedNote note) {
        return new CosignedCheckpoint(signature.keyName(), String.format("%08x", signature.keyId()), checkpoint.size(),
                AddCheckpoint.base64(checkpoint.rootHash()), Instant.ofEpochSecond(time(signature)),
                new String(note.format(), StandardCharsets.UTF_8));
    }

    /** The beginning of time where the file is not as it was written. */
    private static long time(NoteSignature signature) {
        try {
            return Math.min(signature.cosignedAtSeconds(), Instant.MAX.getEpochSecond());
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
