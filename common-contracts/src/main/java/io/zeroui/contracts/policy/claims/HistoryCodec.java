package io.zeroui.contracts.policy.claims;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.HistoryLine.Released;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.receipts.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a history as canonical JSON: {@code {"release":7,"since":"…","set":[{"policy":"licences/1.2.json","snapshot_hash":
 * "sha256:…","terms":{…}}],"gone":["licences/1.1.json"]}}, without {@code since} where the release was there before, and
 * {@code {"edge":"…","release":7,"at":"…","heard":"…"}}, without {@code heard} where that is the same. A reader ignores members that it
 * does not know.
 */
public final class HistoryCodec {

    /** Limits of one line: 16 MiB, as targets have 8 and say less about each policy. */
    public static final JsonLimits LIMITS = new JsonLimits(16 << 20, 16, 16_384, 20, 1_000_000);

    private HistoryCodec() {
    }

    /** The line, without a line feed. */
    public static byte[] write(HistoryLine line) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (line instanceof Reported report) {
            node.put("edge", report.edge().value()).put("release", report.release()).put("at", report.at().toString());
            if (!report.heardAt().equals(report.at())) {
                node.put("heard", report.heardAt().toString());
            }
        } else if (line instanceof Released released) {
            node.put("release", released.release());
            Instant since = released.since();
            if (since != null) {
                node.put("since", since.toString());
            }
            ArrayNode set = node.putArray("set");
            released.set().forEach(one -> set.add(version(one)));
            ArrayNode gone = node.putArray("gone");
            released.gone().forEach(policy -> gone.add(policy.path()));
        }
        return CanonicalJson.of(node);
    }

    private static ObjectNode version(ReleasedVersion one) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("policy", one.policy().path());
        Hash snapshot = one.snapshot();
        if (snapshot != null) {
            node.put("snapshot_hash", snapshot.prefixed());
        }
        node.set("terms", one.terms().write());
        return node;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static HistoryLine read(byte[] bytes) {
        try {
            ObjectNode line = StrictJson.parseObject(bytes, LIMITS);
            JsonNode release = line.path("release");
            if (!release.isIntegralNumber() || !release.canConvertToLong()) {
                throw new IllegalArgumentException("a line of a history without a release");
            }
            if (line.has("edge")) {
                Instant at = Instant.parse(text(line, "at"));
                return new Reported(EdgeId.of(text(line, "edge")), release.longValue(), at,
                        line.has("heard") ? Instant.parse(text(line, "heard")) : at);
            }
            List<ReleasedVersion> set = new ArrayList<>();
            for (JsonNode one : line.path("set")) {
                set.add(new ReleasedVersion(PolicyVersion.ofPath(text(one, "policy")), hash(one.get("snapshot_hash")),
                        ReleaseTerms.read(one.path("terms"))));
            }
            List<PolicyVersion> gone = new ArrayList<>();
            line.path("gone").forEach(path -> gone.add(PolicyVersion.ofPath(path.asText())));
            return new Released(release.longValue(), line.has("since") ? Instant.parse(text(line, "since")) : null, set, gone);
        } catch (InvalidJson | DateTimeException e) {
            throw new IllegalArgumentException("not a line of a history: " + e.getMessage(), e);
        }
    }

    private static @Nullable Hash hash(@Nullable JsonNode text) {
        return text == null ? null : Hash.parse(text.asText());
    }

    private static String text(JsonNode object, String member) {
        JsonNode value = object.path(member);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a line of a history without a text " + member);
        }
        return value.textValue();
    }
}
