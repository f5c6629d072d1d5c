package io.zeroui.tenant.evidence.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.courier.CourierClaims;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a courier batch. A receipt is a JSON object, whose line are its bytes as they stand in the body, or a JSON string,
 * whose line is its text; so a courier that writes JSON anew still hands over the bytes that were signed.
 *
 * @param tenant whose receipts the courier says they are
 * @param claims what else it says
 * @param lines the receipts' lines
 */
record CourierBody(TenantId tenant, CourierClaims claims, List<byte[]> lines) {

    private static final int MAX_DEPTH = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(32).build())
            .build();

    /**
     * Reads a body.
     *
     * @param maxReceipts most receipts
     * @throws io.zeroui.runtime.problems.ProblemException 400 with the member that is not valid
     */
    static CourierBody parse(byte[] body, int maxReceipts) {
        Reading reading = new Reading(body, maxReceipts);
        for (byte b : body) {
            if (b == 0) {
                throw CourierProblem.invalid("body", "must be JSON in UTF-8 without NUL");
            }
        }
        try (JsonParser json = JSON.createParser(body)) {
            reading.read(json);
        } catch (JsonProcessingException e) {
            throw CourierProblem.invalid("body", "is not JSON, nests too deep or has a member twice");
        } catch (IOException e) {
            throw CourierProblem.invalid("body", "is not JSON in UTF-8");
        }
        return reading.body();
    }

    /** What was read so far; a member that is not there is null. */
    private static final class Reading {
        private final byte[] body;
        private final int maxReceipts;
        private @Nullable String batchId;
        private @Nullable TenantId tenant;
        private @Nullable String emitterService;
        private @Nullable Instant timestamp;
        private @Nullable Hash merkleRoot;
        private @Nullable List<Long> sequences;
        private @Nullable List<byte[]> lines;

        Reading(byte[] body, int maxReceipts) {
            this.body = body;
            this.maxReceipts = maxReceipts;
        }

        void read(JsonParser json) throws IOException {
            if (body.length == 0 || body[0] != '{' && !Character.isWhitespace(body[0]) || json.nextToken() != JsonToken.START_OBJECT) {
                throw CourierProblem.invalid("body", "must be a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken token = json.nextToken();
                switch (name) {
                    case "batch_id" -> batchId = name(json, token, name, NAME);
                    case "tenant_id" -> tenant = tenant(text(json, token, name));
                    case "emitter_service" -> emitterService = name(json, token, name, SERVICE);
                    case "timestamp" -> timestamp = time(text(json, token, name));
                    case "merkle_root" -> merkleRoot = hash(text(json, token, name));
                    case "sequence_numbers" -> sequences = sequences(json, token);
                    case "receipts" -> lines = lines(json, token);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw CourierProblem.invalid("body", "has something behind its object");
            }
        }

        CourierBody body() {
            List<byte[]> receipts = required("receipts", lines);
            List<Long> numbers = required("sequence_numbers", sequences);
            if (receipts.size() != numbers.size()) {
                throw CourierProblem.invalid("sequence_numbers", "must be as many as receipts: " + numbers.size() + " for "
                        + receipts.size());
            }
            return new CourierBody(required("tenant_id", tenant), new CourierClaims(required("batch_id", batchId),
                    required("emitter_service", emitterService), required("timestamp", timestamp), numbers,
                    required("merkle_root", merkleRoot)), receipts);
        }

        private List<Long> sequences(JsonParser json, JsonToken token) throws IOException {
            requireArray("sequence_numbers", token);
            List<Long> found = new ArrayList<>();
            long before = -1;
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                if (next != JsonToken.VALUE_NUMBER_INT || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        || json.getLongValue() <= before || json.getLongValue() == Long.MAX_VALUE) {
                    throw CourierProblem.invalid("sequence_numbers/" + found.size(),
                            "must be an integer that is not negative and greater than the one before");
                }
                before = json.getLongValue();
                found.add(before);
                requireRoom("sequence_numbers", found.size());
            }
            return requireSome("sequence_numbers", found);
        }

        private List<byte[]> lines(JsonParser json, JsonToken token) throws IOException {
            requireArray("receipts", token);
            List<byte[]> found = new ArrayList<>();
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                found.add(line(json, next, found.size()));
                requireRoom("receipts", found.size());
            }
            return requireSome("receipts", found);
        }

        private byte[] line(JsonParser json, JsonToken token, int index) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                return json.getText().getBytes(StandardCharsets.UTF_8);
            }
            if (token != JsonToken.START_OBJECT) {
                throw CourierProblem.invalid("receipts/" + index, "must be an object, or a string with an object's line");
            }
            int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
            json.skipChildren();
            int to = Math.toIntExact(json.currentLocation().getByteOffset());
            if (from < 0 || to > body.length || body[from] != '{' || body[to - 1] != '}') {
                throw CourierProblem.invalid("receipts/" + index, "cannot be told from what is around it");
            }
            return Arrays.copyOfRange(body, from, to);
        }

        private static void requireArray(String member, JsonToken token) {
            if (token != JsonToken.START_ARRAY) {
                throw CourierProblem.invalid(member, "must be an array");
            }
        }

        private void requireRoom(String member, int size) {
            if (size > maxReceipts) {
                throw CourierProblem.invalid(member, "must be at most " + maxReceipts);
            }
        }

        private static <T> List<T> requireSome(String member, List<T> found) {
            if (found.isEmpty()) {
                throw CourierProblem.invalid(member, "must not be empty");
            }
            return found;
        }

        private static <T> T required(String member, @Nullable T value) {
            if (value == null) {
                throw CourierProblem.invalid(member, "is required");
            }
            return value;
        }

        private static String text(JsonParser json, JsonToken token, String member) throws IOException {
            if (token != JsonToken.VALUE_STRING) {
                throw CourierProblem.invalid(member, "must be a string");
            }
            return json.getText();
        }

        private static String name(JsonParser json, JsonToken token, String member, Pattern form) throws IOException {
            String text = text(json, token, member);
            if (!form.matcher(text).matches()) {
                throw CourierProblem.invalid(member, "must be 1 to 128 characters of " + form.pattern());
            }
            return text;
        }

        private static TenantId tenant(String text) {
            try {
                return TenantId.of(text);
            } catch (IllegalArgumentException e) {
                throw CourierProblem.invalid("tenant_id", "is no tenant's id");
            }
        }

        private static Hash hash(String text) {
            try {
                return Hash.parse(text);
            } catch (IllegalArgumentException e) {
                throw CourierProblem.invalid("merkle_root", "must be 64 hex digits, with or without sha256: before them");
            }
        }

        private static Instant time(String text) {
            try {
                Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
                if (!time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("9999-12-31T00:00:00Z"))) {
                    return time;
                }
            } catch (DateTimeException e) {
                throw CourierProblem.invalid("timestamp", "must be a time of RFC 3339");
            }
            throw CourierProblem.invalid("timestamp", "must be of the years 1970 to 9999");
        }
    }
}
