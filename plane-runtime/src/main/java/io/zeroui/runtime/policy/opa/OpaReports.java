package io.zeroui.runtime.policy.opa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.policy.opa.OpaInstance.Bundle;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports of OPA's status API: {@code {"labels":{"id":…,"version":…},"bundles":{"name":{"active_revision":…,…}}}}. What else OPA says,
 * of its plugins and metrics, is not kept.
 */
final class OpaReports {

    private static final int TOO_LARGE = 413;
    private static final int NAME_MOST = 128;
    private static final int REVISION_MOST = 256;
    private static final int MESSAGE_MOST = 500;
    private static final int LABELS_MOST = 16;
    private static final int BUNDLES_MOST = 64;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpaReports() {
    }

    /**
     * What a report says.
     *
     * @throws ProblemException 413 when it is too long, 400 when it is none
     */
    static OpaInstance read(byte[] report, int maxBytes, Instant now) {
        if (report.length > maxBytes) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, TOO_LARGE, "A report has at most " + maxBytes + " bytes",
                    Map.of("max_bytes", maxBytes));
        }
        JsonNode said = parse(report);
        String id = said.path("labels").path("id").textValue();
        if (id == null || !ID.matcher(id).matches()) {
            throw invalid("labels.id is the id of an OPA: 1 to " + NAME_MOST + " letters, digits and . _ : -", "/labels/id");
        }
        return new OpaInstance(id, text(said.path("labels").path("version"), NAME_MOST), labels(said.path("labels")), bundles(said.path("bundles")),
                now);
    }

    private static JsonNode parse(byte[] report) {
        try {
            JsonNode said = JSON.readTree(report);
            if (said == null || !said.isObject()) {
                throw invalid("A report is a JSON object", "");
            }
            return said;
        } catch (IOException e) {
            throw invalid("A report is a JSON object", "");
        }
    }

    private static Map<String, String> labels(JsonNode said) {
        Map<String, String> labels = new TreeMap<>();
        said.fields().forEachRemaining(label -> {
            String value = text(label.getValue(), NAME_MOST);
            if (value != null && label.getKey().length() <= NAME_MOST && labels.size() < LABELS_MOST && !label.getKey().equals("id")
                    && !label.getKey().equals("version")) {
                labels.put(label.getKey(), value);
            }
        });
        return labels;
    }

    private static Map<String, Bundle> bundles(JsonNode said) {
        if (said.size() > BUNDLES_MOST) {
            throw invalid("A report has at most " + BUNDLES_MOST + " bundles", "/bundles");
        }
        Map<String, Bundle> bundles = new TreeMap<>();
        said.fields().forEachRemaining(one -> {
            if (one.getKey().length() > REVISION_MOST) {
                throw invalid("A bundle's name has at most " + REVISION_MOST + " characters", "/bundles");
            }
            JsonNode bundle = one.getValue();
            bundles.put(one.getKey(), new Bundle(text(bundle.path("active_revision"), REVISION_MOST), time(bundle.path("last_successful_download")),
                    time(bundle.path("last_successful_activation")), text(bundle.path("code"), NAME_MOST), text(bundle.path("message"), MESSAGE_MOST)));
        });
        return bundles;
    }

    private static @Nullable String text(JsonNode value, int most) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            return null;
        }
        String text = value.textValue();
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** Go writes the year 1 where it means never. */
    private static @Nullable Instant time(JsonNode value) {
        if (!value.isTextual()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(value.textValue()).toInstant();
            return time.isAfter(Instant.EPOCH) ? time : null;
        } catch (DateTimeException e) {
            throw invalid("A time of a bundle is none (RFC 3339)", "/bundles");
        }
    }

    private static ProblemException invalid(String detail, String path) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail, Map.of("path", path));
    }
}
