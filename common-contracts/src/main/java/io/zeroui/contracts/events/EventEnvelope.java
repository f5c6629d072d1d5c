package io.zeroui.contracts.events;

import io.zeroui.contracts.identity.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event with the attributes of CloudEvents 1.0. Instances do not copy {@code data}: nobody changes it.
 *
 * @param id unique within the source
 * @param source who sent it, a URI reference, for example {@code /planes/ide/edge-local}
 * @param type what happened, for example {@link #RECEIPT_SUBMITTED}
 * @param time when it happened
 * @param subject what it is about, for example a receipt id
 * @param tenantId whose it is; none for events about the machinery
 * @param dataContentType media type of the data
 * @param extensions further attributes by name; names are lower-case letters and digits
 * @param data the payload
 */
public record EventEnvelope(String id, String source, String type, Instant time, @Nullable String subject,
        @Nullable TenantId tenantId, String dataContentType, Map<String, String> extensions, byte[] data) {

    /** Media type of JSON payloads. */
    public static final String JSON = "application/json";

    /** Type of the event that carries one receipt line from an edge to the tenant plane. */
    public static final String RECEIPT_SUBMITTED = "io.zeroui.receipt.submitted";

    /** Type of the events that carry a {@link DeliveryAck}. */
    public static final String DELIVERY_ACKNOWLEDGED = "io.zeroui.delivery.acknowledged";

    /** Type of the events that carry an {@link EvidenceIndexed}. */
    public static final String EVIDENCE_INDEXED = "io.zeroui.evidence.indexed";

    /** Type of the events that carry a {@link TelemetryReport}. */
    public static final String TELEMETRY_REPORTED = "io.zeroui.telemetry.reported";

    /** Type of the events that carry a {@link TenantsChanged}. */
    public static final String TENANTS_CHANGED = "io.zeroui.tenants.changed";

    /** Type of the events that carry a {@link TenantsAsked}. */
    public static final String TENANTS_ASKED = "io.zeroui.tenants.asked";

    /** Type of an event that says how keys stand; its data is a {@code KeysChanged}. */
    public static final String KEYS_CHANGED = "io.zeroui.keys.changed";

    /** Type of the events that carry a {@code CheckpointOffer}. */
    public static final String CHECKPOINT_OFFERED = "io.zeroui.checkpoint.offered";

    /** Type of the events that carry a {@code WitnessAnswer}. */
    public static final String CHECKPOINT_WITNESSED = "io.zeroui.checkpoint.witnessed";

    /** Type of the events that carry a {@code PolicyDelivered}. */
    public static final String POLICY_DELIVERED = "io.zeroui.policy.delivered";

    /** Type of the events that carry a {@code PolicyAsked}. */
    public static final String POLICY_ASKED = "io.zeroui.policy.asked";

    /** Type of the events that carry a {@code ContextChanged}. */
    public static final String CONTEXT_CHANGED = "io.zeroui.context.changed";

    /** Type of the events that carry a {@code ContextApplied}. */
    public static final String CONTEXT_APPLIED = "io.zeroui.context.applied";

    /** Type of the events that carry a {@code RulingsDelivered}. */
    public static final String RULINGS_DELIVERED = "io.zeroui.rulings.delivered";

    /** Type of the events that carry a {@code RulingsAsked}. */
    public static final String RULINGS_ASKED = "io.zeroui.rulings.asked";

    /** Extension: the outbox that the event comes from; a new one starts when the outbox was rebuilt. */
    public static final String EPOCH = "epoch";

    /** Extension: the event's number in its outbox epoch. */
    public static final String SEQUENCE = "sequence";

    /** Extension: the edge where a receipt entered. */
    public static final String EDGE_ID = "edgeid";

    /** Extension: the repository of a receipt. */
    public static final String REPO_ID = "repoid";

    /** Extension: the id of the key that signed a receipt. */
    public static final String KID = "kid";

    /** Extension: base64 of the raw 32-byte public key that verified a receipt at its edge. */
    public static final String EMITTER_KEY = "emitterkey";

    public EventEnvelope {
        requireText("id", id);
        requireText("source", source);
        requireText("type", type);
        requireText("datacontenttype", dataContentType);
        extensions = Map.copyOf(extensions);
        extensions.keySet().forEach(EnvelopeFields::requireExtensionName);
    }

    /** A JSON event that happens at {@code time}, with a random id. */
    public static EventEnvelope of(String type, String source, Instant time, byte[] data) {
        return new EventEnvelope(UUID.randomUUID().toString(), source, type, time, null, null, JSON, Map.of(), data);
    }

    /**
     * Reads the fields of a stream entry.
     *
     * @throws InvalidEvent when an attribute is missing or has the wrong form
     */
    public static EventEnvelope fromFields(Map<String, byte[]> fields) {
        return EnvelopeFields.read(fields);
    }

    /** The fields of a stream entry: attribute names with UTF-8 values, and {@code data} as it is. */
    public Map<String, byte[]> toFields() {
        return EnvelopeFields.write(this);
    }

    /** The same event with another id, for sources whose id is not random. */
    public EventEnvelope withId(String id) {
        return new EventEnvelope(id, source, type, time, subject, tenantId, dataContentType, extensions, data);
    }

    /** The same event about something. */
    public EventEnvelope withSubject(String subject) {
        return new EventEnvelope(id, source, type, time, subject, tenantId, dataContentType, extensions, data);
    }

    /** The same event for a tenant. */
    public EventEnvelope withTenantId(TenantId tenantId) {
        return new EventEnvelope(id, source, type, time, subject, tenantId, dataContentType, extensions, data);
    }

    /** The same event with one more attribute; it replaces one of the same name. */
    public EventEnvelope withExtension(String name, String value) {
        return withExtensions(Map.of(name, value));
    }

    /** The same event with more attributes; they replace those of the same name. */
    public EventEnvelope withExtensions(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(extensions);
        all.putAll(more);
        return new EventEnvelope(id, source, type, time, subject, tenantId, dataContentType, all, data);
    }

    /** The extension's value, or null. */
    public @Nullable String extension(String name) {
        return extensions.get(name);
    }

    /**
     * The extension's value.
     *
     * @throws InvalidEvent when the event does not have it
     */
    public String requireExtension(String name) {
        String value = extensions.get(name);
        if (value == null) {
            throw new InvalidEvent("event " + id + " of type " + type + " has no attribute " + name);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventEnvelope that && id.equals(that.id) && source.equals(that.source)
                && type.equals(that.type) && time.equals(that.time) && Objects.equals(subject, that.subject)
                && Objects.equals(tenantId, that.tenantId) && dataContentType.equals(that.dataContentType)
                && extensions.equals(that.extensions) && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, source);
    }

    /** Without the data: it does not belong into a log. */
    @Override
    public String toString() {
        return "EventEnvelope[" + type + " " + id + " from " + source + ", " + data.length + " bytes]";
    }

    private static void requireText(String name, String value) {
        if (value.isEmpty()) {
            throw new InvalidEvent("event attribute " + name + " is empty");
        }
    }
}
