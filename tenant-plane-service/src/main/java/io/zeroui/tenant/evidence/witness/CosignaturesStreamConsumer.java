package io.zeroui.tenant.evidence.witness;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.WitnessAnswer;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Hears what the witness in the product plane answers. */
@ApplicationScoped
class CosignaturesStreamConsumer {

    private static final int EVENT_BYTES = 1 << 15;

    private final Witnessing witnessing;
    private final LedgerFolders folders;
    private final WitnessWorker worker;

    CosignaturesStreamConsumer(Witnessing witnessing, LedgerFolders folders, WitnessWorker worker) {
        this.witnessing = witnessing;
        this.folders = folders;
        this.worker = worker;
    }

    private record Answer(TenantId tenant, WitnessOutcome outcome) {
    }

    @Incoming("product-cosignatures")
    Uni<Void> consume(StreamBatch batch) {
        List<Answer> answers = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                WitnessAnswer answer = read(entry.event());
                if (answer.region().equals(folders.region().value())) {
                    answers.add(new Answer(TenantId.of(answer.tenantId()), outcome(answer)));
                }
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return worker.run(() -> take(answers)).replaceWithVoid();
    }

    private int take(List<Answer> answers) throws IOException {
        for (Answer answer : answers) {
            witnessing.take(answer.tenant(), Witnessing.BUS, answer.outcome());
        }
        return answers.size();
    }

    private static WitnessOutcome outcome(WitnessAnswer answer) {
        String root = answer.rootHash();
        String key = answer.witnessKey();
        String signature = answer.cosignature();
        WitnessRefusal refusal = answer.refusal();
        if (refusal == null && root != null && key != null && signature != null) {
            return new WitnessOutcome.Cosigned(answer.size(), AddCheckpoint.hash(root), VerifierKey.parse(key),
                    NoteSignature.parse(signature));
        }
        if (refusal == null || refusal == WitnessRefusal.CONFLICT) {
            return new WitnessOutcome.Conflict(answer.knownSize());
        }
        return new WitnessOutcome.Refused(answer.size(), refusal, detail(answer.detail()));
    }

    private static String detail(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static WitnessAnswer read(EventEnvelope event) {
        if (!EventEnvelope.CHECKPOINT_WITNESSED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        if (event.data().length > EVENT_BYTES) {
            throw new InvalidEvent("an answer of " + event.data().length + " bytes");
        }
        return EventJson.read(event.data(), WitnessAnswer.class);
    }
}
