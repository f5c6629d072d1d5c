package io.zeroui.shared.evaluation.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what tells that a document comes out of a tenant's data: a member that names a tenant, a body of a receipt, a path into a tenant's files, also
 * where JSON is a text in JSON; and whatever the metadata-only rule forbids. It errs on the side of refusing: a fixture can be written anew.
 */
public final class TenantDataRule {

    private static final Set<String> TENANT_NAMES = Set.of("tenantid", "xtenantid", "zerouitenant", "zerouitenantid");
    private static final Set<String> RECEIPT_NAMES = Set.of("receipt_id", "gate_id", "policy_version_ids", "snapshot_hash", "evaluation_point",
            "timestamp_monotonic_ms", "evidence_handles");
    private static final int RECEIPT_LEAST = 2;
    private static final List<Mark> MARKS = List.of(
            new Mark("a member that names a tenant", Pattern.compile("(?i)\"(?:x[-_])?(?:zeroui[-_]?)?tenant[-_]?id\\\\*\"\\s{0,20}:")),
            new Mark("a header that names a tenant", Pattern.compile("(?i)\\bx-tenant-id\\s{0,20}:")),
            new Mark("the body of a receipt",
                    Pattern.compile("\"(?:receipt_id|policy_version_ids|snapshot_hash|evaluation_point|timestamp_monotonic_ms)\\\\*\"\\s{0,20}:")),
            new Mark("the id of a receipt", Pattern.compile("\\breceipt-\\d{13}-[0-9a-f]{16}\\b")),
            new Mark("a path into a tenant's files",
                    Pattern.compile("\\btenant/[a-z0-9-]{1,100}/[a-z0-9-]{1,100}/(?:evidence|policy|context|adapters|reporting)/")));

    private TenantDataRule() {
    }

    /** What tells of a tenant, and the pattern of it in a text. */
    private record Mark(String what, Pattern pattern) {
    }

    /**
     * What was found; never repeats it.
     *
     * @param what in words
     * @param path JSON Pointer (RFC 6901) to it
     */
    public record Found(String what, String path) {
    }

    /** The first mark of a tenant in a document, else the first violation of the metadata-only rule. */
    public static Optional<Found> find(JsonNode document) {
        Found mark = mark(document);
        return mark != null ? Optional.of(mark) : Optional.ofNullable(MetadataOnlyRule.find(document)).map(TenantDataRule::of);
    }

    /** The same of a text. */
    public static Optional<Found> find(String text) {
        return text.isEmpty() ? Optional.empty() : find(JsonNodeFactory.instance.textNode(text));
    }

    /** The first mark of a tenant in a text; the metadata-only rule is not asked. */
    public static Optional<Found> findMark(String text) {
        return Optional.ofNullable(inText(text));
    }

    private static Found of(Finding finding) {
        return new Found(finding.what(), finding.path());
    }

    private static @Nullable Found mark(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> inText(node.textValue());
            case OBJECT -> inObject(node);
            case ARRAY -> inArray(node);
            default -> null;
        };
    }

    private static @Nullable Found inText(String text) {
        return MARKS.stream().filter(mark -> mark.pattern().matcher(text).find()).findFirst().map(mark -> new Found(mark.what(), "")).orElse(null);
    }

    private static @Nullable Found inObject(JsonNode object) {
        int ofReceipt = 0;
        for (String name : RECEIPT_NAMES) {
            ofReceipt += object.has(name) ? 1 : 0;
        }
        if (ofReceipt >= RECEIPT_LEAST) {
            return new Found("the body of a receipt", "");
        }
        Iterator<Map.Entry<String, JsonNode>> members = object.fields();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            String plain = member.getKey().toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
            Found found = TENANT_NAMES.contains(plain) && !member.getValue().isNull() ? new Found("a member that names a tenant", "")
                    : mark(member.getValue());
            if (found == null) {
                found = inText(member.getKey());
            }
            if (found != null) {
                return below(found, member.getKey());
            }
        }
        return null;
    }

    private static @Nullable Found inArray(JsonNode array) {
        for (int i = 0; i < array.size(); i++) {
            Found found = mark(array.get(i));
            if (found != null) {
                return below(found, Integer.toString(i));
            }
        }
        return null;
    }

    private static Found below(Found found, String component) {
        return new Found(found.what(), "/" + component.replace("~", "~0").replace("/", "~1") + found.path());
    }
}
