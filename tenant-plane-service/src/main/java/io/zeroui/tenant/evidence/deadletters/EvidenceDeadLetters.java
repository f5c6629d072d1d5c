package io.zeroui.tenant.evidence.deadletters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.fabric.AppendLog;
import io.zeroui.runtime.fabric.AppendRequest;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The dead-letter files. One JSON object a line: {@code dead_lettered_at}, {@code source} (bus, file or http), {@code file} and
 * {@code offset} for what lay in a file, {@code edge}, {@code epoch}, {@code edge_seq} for what came over the bus,
 * {@code length}, {@code sha256}, {@code reason}, {@code detail}, {@code path}, {@code line_base64} (the first 64 KiB) and
 * {@code truncated} where that is not all. The same bytes can stand there twice when a delivery was repeated.
 */
@ApplicationScoped
public class EvidenceDeadLetters {

    /** Most bytes of a dead letter that are kept. */
    static final int MAX_KEPT_BYTES = 64 << 10;

    private static final JsonFactory JSON = new JsonFactory();
    private final AppendLog log;
    private final ZuRoot root;
    private final Region region;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final AtomicLong count = new AtomicLong();

    EvidenceDeadLetters(AppendLog log, PlaneConfig plane, Clock clock, MeterRegistry metrics) {
        this.log = log;
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Keeps the letters; when it completes they are durable. */
    public Uni<Void> keep(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<AppendRequest> lines = letters.stream()
                .map(letter -> new AppendRequest(
                        root.evidenceDeadLetters(letter.tenant(), region, day), line(letter, now)))
                .toList();
        return log.append(lines).invoke(positions -> letters.forEach(this::counted)).replaceWithVoid();
    }

    /** Letters kept since the start. */
    public long count() {
        return count.get();
    }

    private void counted(DeadLetter letter) {
        count.incrementAndGet();
        metrics.counter("zeroui_ledger_dead_letters", "reason", letter.refusal().reason().name()).increment();
    }

    private static byte[] line(DeadLetter letter, Instant now) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(letter.bytes().length + 512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("dead_lettered_at", now.toString());
            writeSource(json, letter);
            json.writeNumberField("length", letter.bytes().length);
            json.writeStringField("sha256", Hash.of(letter.bytes()).hex());
            writeRefusal(json, letter.refusal());
            boolean truncated = letter.bytes().length > MAX_KEPT_BYTES;
            byte[] kept = truncated ? Arrays.copyOf(letter.bytes(), MAX_KEPT_BYTES) : letter.bytes();
            json.writeStringField("line_base64", Base64.getEncoder().encodeToString(kept));
            if (truncated) {
                json.writeBooleanField("truncated", true);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toByteArray();
    }

    private static void writeSource(JsonGenerator json, DeadLetter letter) throws IOException {
        DeadLetter.Place place = letter.place();
        json.writeStringField("source", letter.source().key());
        if (place != null) {
            json.writeStringField("file", place.file());
            json.writeNumberField("offset", place.offset());
        }
        Delivered origin = letter.origin();
        if (origin != null) {
            json.writeStringField("edge", origin.sender());
            json.writeStringField("epoch", origin.epoch());
            json.writeNumberField("edge_seq", origin.sequence());
        }
    }

    private static void writeRefusal(JsonGenerator json, Refusal refusal) throws IOException {
        json.writeStringField("reason", refusal.reason().name());
        json.writeStringField("detail", refusal.detail());
        String path = refusal.path();
        if (path != null) {
            json.writeStringField("path", path);
        }
    }
}
