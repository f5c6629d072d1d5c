package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.formats.InvalidResults;
import io.zeroui.shared.evaluation.guard.TenantDataRule;
import io.zeroui.shared.evaluation.model.ItemResult;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dataset as it is kept: one fixture a line in canonical JSON, in the order of their ids, so that the same fixtures are the same object whoever
 * wrote them in whatever order. A fixture is {@code {"id":"…","input":…,"target":…,"tags":["…"],"metadata":{…}}}; all but {@code id} and {@code input}
 * may be absent.
 *
 * @param bytes the lines, each ended by a line feed
 * @param fixtures in their order
 */
record DatasetText(byte[] bytes, List<Fixture> fixtures) {

    static final int FIXTURES_MOST = 100_000;
    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 32, 1 << 20, 64, 8_192);
    private static final List<String> MEMBERS = List.of("id", "input", "target", "tags", "metadata");
    private static final int TAGS_MOST = 50;
    private static final int TAG_MOST = 100;

    /**
     * Reads lines as somebody wrote them.
     *
     * @throws InvalidResults for the first line that is no fixture, or has a tenant's data in it
     */
    static DatasetText of(byte[] text) throws InvalidResults {
        TreeMap<String, byte[]> lines = new TreeMap<>();
        TreeMap<String, Fixture> fixtures = new TreeMap<>();
        int number = 0;
        for (int from = 0; from < text.length;) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            number++;
            byte[] line = Arrays.copyOfRange(text, from, to > from && text[to - 1] == '\r' ? to - 1 : to);
            from = to + 1;
            if (line.length > 0) {
                add(line, "line " + number, lines, fixtures);
            }
        }
        if (lines.isEmpty()) {
            throw new InvalidResults("", "a dataset has at least one fixture");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines.values()) {
            all.writeBytes(line);
            all.write('\n');
        }
        return new DatasetText(all.toByteArray(), List.copyOf(fixtures.values()));
    }

    private static void add(byte[] line, String place, Map<String, byte[]> lines, Map<String, Fixture> fixtures) throws InvalidResults {
        ObjectNode fixture = parse(line, place);
        String id = fixture.path("id").asText("");
        TenantDataRule.Found found = TenantDataRule.find(fixture).orElse(null);
        if (found != null) {
            throw new InvalidResults(place + ", " + found.path(), "tenants' data must not be in a fixture: " + found.what());
        }
        byte[] canonical = CanonicalJson.of(fixture);
        if (lines.put(id, canonical) != null) {
            throw new InvalidResults(place, "another fixture has the same id");
        }
        if (lines.size() > FIXTURES_MOST) {
            throw new InvalidResults(place, "a dataset has at most " + FIXTURES_MOST + " fixtures");
        }
        fixtures.put(id, new Fixture(id, Hash.of(canonical).hex(), tags(fixture.path("tags"), place)));
    }

    private static ObjectNode parse(byte[] line, String place) throws InvalidResults {
        try {
            ObjectNode fixture = StrictJson.parseObject(line, LIMITS);
            for (String name : (Iterable<String>) fixture::fieldNames) {
                if (!MEMBERS.contains(name)) {
                    throw new InvalidResults(place, "a fixture has the members " + String.join(", ", MEMBERS));
                }
            }
            String id = fixture.path("id").isTextual() ? fixture.path("id").textValue() : "";
            if (id.isBlank() || id.length() > ItemResult.ITEM_MOST) {
                throw new InvalidResults(place + ", /id", "the id of a fixture is a text of 1 to " + ItemResult.ITEM_MOST + " characters");
            }
            if (!fixture.hasNonNull("input")) {
                throw new InvalidResults(place + ", /input", "a fixture has an input");
            }
            return fixture;
        } catch (InvalidJson e) {
            throw new InvalidResults(place, e.detail());
        }
    }

    private static List<String> tags(JsonNode tags, String place) throws InvalidResults {
        List<String> all = new ArrayList<>();
        boolean isList = tags.isMissingNode() || tags.isNull() || tags.isArray();
        for (JsonNode tag : tags) {
            isList &= tag.isTextual() && !tag.textValue().isBlank() && tag.textValue().length() <= TAG_MOST;
            all.add(tag.asText());
        }
        if (!isList || all.size() > TAGS_MOST) {
            throw new InvalidResults(place + ", /tags", "tags are a list of at most " + TAGS_MOST + " texts of " + TAG_MOST + " characters");
        }
        return List.copyOf(all);
    }
}
