package io.zeroui.contracts.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.identity.TenantId;

/** The envelope as the fields of a stream entry. */
final class EnvelopeFields {

    private static final String SPEC_VERSION = "1.0";
    private static final Set<String> ATTRIBUTES = Set.of("specversion", "id", "source", "type", "time", "subject",
            "datacontenttype", "tenantid", "data");

    private EnvelopeFields() {
    }

    static Map<String, byte[]> write(EventEnvelope event) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        put(fields, "specversion", SPEC_VERSION);
        put(fields, "id", event.id());
        put(fields, "source", event.source());
        put(fields, "type", event.type());
        put(fields, "time", event.time().toString());
        put(fields, "datacontenttype", event.dataContentType());
        if (event.subject() != null) {
            put(fields, "subject", event.subject());
        }
        if (event.tenantId() != null) {
            put(fields, "tenantid", event.tenantId().value());
        }
        event.extensions().forEach((name, value) -> put(fields, name, value));
        fields.put("data", event.data());
        return fields;
    }

    static EventEnvelope read(Map<String, byte[]> fields) {
        String version = required(fields, "specversion");
        if (!version.equals(SPEC_VERSION)) {
            throw new InvalidEvent("event has specversion '" + version + "', not " + SPEC_VERSION);
        }
        byte[] data = fields.get("data");
        if (data == null) {
            throw new InvalidEvent("event has no data");
        }
        return new EventEnvelope(required(fields, "id"), required(fields, "source"), required(fields, "type"),
                time(required(fields, "time")), text(fields, "subject"), tenant(text(fields, "tenantid")),
                required(fields, "datacontenttype"), extensions(fields), data);
    }

    /** Attribute names are lower-case letters and digits (CloudEvents 1.0 §3.1), and not one of the core's. */
    static void requireExtensionName(String name) {
        boolean wellFormed = !name.isEmpty() && name.length() <= 64
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
        if (!wellFormed || ATTRIBUTES.contains(name)) {
            throw new InvalidEvent("'" + name + "' is not the name of an extension attribute");
        }
    }

    private static Map<String, String> extensions(Map<String, byte[]> fields) {
        Map<String, String> extensions = new HashMap<>();
        fields.forEach((name, value) -> {
            if (!ATTRIBUTES.contains(name)) {
                extensions.put(name, utf8(value));
            }
        });
        return extensions;
    }

    private static Instant time(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new InvalidEvent("event has a time that is not one: '" + value + "'", e);
        }
    }

    private static @Nullable TenantId tenant(@Nullable String value) {
        try {
            return value == null ? null : TenantId.of(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidEvent("event has a bad tenantid", e);
        }
    }

    private static String required(Map<String, byte[]> fields, String name) {
        String value = text(fields, name);
        if (value == null) {
            throw new InvalidEvent("event has no attribute " + name);
        }
        return value;
    }

    private static @Nullable String text(Map<String, byte[]> fields, String name) {
        byte[] value = fields.get(name);
        return value == null ? null : utf8(value);
    }

    private static void put(Map<String, byte[]> fields, String name, String value) {
        fields.put(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String utf8(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
