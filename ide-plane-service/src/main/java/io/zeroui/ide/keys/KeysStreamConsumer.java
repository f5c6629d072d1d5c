package io.zeroui.ide.keys;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.events.KeysChanged;
import io.zeroui.contracts.events.KeysChanged.KeyStatement;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.ide.receipts.ReceiptWorkers;
import io.zeroui.runtime.streams.StreamBatch;
import io.zeroui.runtime.streams.StreamEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears how keys stand. What is on disk counts within a second. */
@ApplicationScoped
class KeysStreamConsumer {

    private final KeyDocuments documents;
    private final ReceiptWorkers workers;

    KeysStreamConsumer(KeyDocuments documents, ReceiptWorkers workers) {
        this.documents = documents;
        this.workers = workers;
    }

    /** Writes down what is said; a failure means that the batch comes again. */
    @Incoming("tenant-keys")
    Uni<Void> consume(StreamBatch batch) {
        List<KeyDocument> said = new ArrayList<>();
        for (StreamEntry entry : batch.entries()) {
            try {
                said.addAll(read(entry.event()));
            } catch (IllegalArgumentException e) {
                batch.deadLetter(entry, String.valueOf(e.getMessage()));
            }
        }
        return workers.read(() -> write(said)).replaceWithVoid();
    }

    private int write(List<KeyDocument> said) throws IOException {
        int written = 0;
        for (KeyDocument document : said) {
            written += documents.write(document) ? 1 : 0;
        }
        return written;
    }

    private static List<KeyDocument> read(EventEnvelope event) {
        if (!EventEnvelope.KEYS_CHANGED.equals(event.type())) {
            throw new InvalidEvent("events of type " + event.type() + " do not belong on this channel");
        }
        List<KeyDocument> documents = new ArrayList<>();
        for (KeyStatement one : EventJson.read(event.data(), KeysChanged.class).documents()) {
            documents.add(KeyDocumentCodec.read(Kid.of(String.valueOf(one.kid())),
                    String.valueOf(one.document()).getBytes(StandardCharsets.UTF_8)));
        }
        return documents;
    }
}
