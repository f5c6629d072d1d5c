package io.zeroui.tenant.evidence.export;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Name of an export: a random UUID in its usual form, so that it is the name of a folder and nothing else.
 *
 * @param value 36 characters
 */
public record ExportId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public ExportId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not an export's id");
        }
    }

    static ExportId random() {
        return new ExportId(UUID.randomUUID().toString());
    }

    /** The id of a text; empty where it is none. */
    public static Optional<ExportId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ExportId(text)) : Optional.empty();
    }

    UUID uuid() {
        return UUID.fromString(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
