package io.zeroui.contracts.ledger.acts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.acts.LedgerAct.Erasure;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldPlaced;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import io.zeroui.contracts.ledger.acts.LedgerAct.RetentionSet;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Acts as statements, JSON objects: {@code act} (one of {@code erasure}, {@code hold_placed}, {@code hold_released},
 * {@code retention_set}, {@code days_dropped}), the members of the act in snake case, {@code by}, {@code reason} and, where
 * there is one, {@code case_id}. A reader ignores members that it does not know.
 */
public final class ActCodec {

    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private ActCodec() {
    }

    /** What kind of act it is, as statements name it. */
    public static String kind(LedgerAct act) {
        if (act instanceof Erasure) {
            return "erasure";
        }
        if (act instanceof RetentionSet) {
            return "retention_set";
        }
        if (act instanceof DaysDropped) {
            return "days_dropped";
        }
        return act instanceof HoldPlaced ? "hold_placed" : "hold_released";
    }

    /** The statement. */
    public static String write(LedgerAct act) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode().put("act", kind(act));
        if (act instanceof Erasure erasure) {
            statement.put("erasure_id", erasure.erasureId()).put("seq", erasure.sequence())
                    .put("receipt_id", erasure.receiptId().value());
        } else if (act instanceof HoldPlaced hold) {
            statement.put("hold_id", hold.holdId()).put("name", hold.name()).set("filter", filter(hold.filter()));
        } else if (act instanceof HoldReleased hold) {
            statement.put("hold_id", hold.holdId());
        } else if (act instanceof RetentionSet retention) {
            statement.put("days", retention.days());
        } else if (act instanceof DaysDropped dropped) {
            statement.put("seq", dropped.sequence()).put("first_day", dropped.firstDay().toString())
                    .put("base_sha256", dropped.base().hex());
        }
        statement.put("by", act.why().by()).put("reason", act.why().reason());
        if (!act.why().caseId().isEmpty()) {
            statement.put("case_id", act.why().caseId());
        }
        try {
            return WRITER.writeValueAsString(statement);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object can always be written", e);
        }
    }

    /**
     * Reads a statement.
     *
     * @throws IllegalArgumentException when it is none, or of an act that this version does not know
     */
    public static LedgerAct read(String statement) {
        try {
            return act(StrictJson.parseObject(statement.getBytes(StandardCharsets.UTF_8), JsonLimits.RECEIPT));
        } catch (InvalidJson | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a statement: " + e.getMessage(), e);
        }
    }

    private static LedgerAct act(ObjectNode statement) {
        Why why = new Why(text(statement, "by"), text(statement, "reason"), statement.path("case_id").asText(""));
        return switch (text(statement, "act")) {
            case "erasure" -> new Erasure(text(statement, "erasure_id"), number(statement, "seq"),
                    ReceiptId.of(text(statement, "receipt_id")), why);
            case "hold_placed" -> new HoldPlaced(text(statement, "hold_id"), text(statement, "name"),
                    filter(statement.path("filter")), why);
            case "hold_released" -> new HoldReleased(text(statement, "hold_id"), why);
            case "retention_set" -> new RetentionSet(Math.toIntExact(number(statement, "days")), why);
            case "days_dropped" -> new DaysDropped(number(statement, "seq"), LocalDate.parse(text(statement, "first_day")),
                    Hash.parse(text(statement, "base_sha256")), why);
            default -> throw new IllegalArgumentException("a statement about an unknown act");
        };
    }

    private static ObjectNode filter(HoldFilter filter) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (!filter.receiptIds().isEmpty()) {
            ArrayNode ids = node.putArray("receipt_ids");
            filter.receiptIds().forEach(id -> ids.add(id.value()));
        }
        put(node, "repo_id", filter.repoId());
        put(node, "gate_id", filter.gateId());
        put(node, "from", filter.from());
        put(node, "to", filter.to());
        return node;
    }

    private static void put(ObjectNode node, String name, @Nullable Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    private static HoldFilter filter(JsonNode node) {
        List<ReceiptId> ids = new ArrayList<>();
        node.path("receipt_ids").forEach(id -> ids.add(ReceiptId.of(id.asText())));
        String repo = optional(node, "repo_id");
        String from = optional(node, "from");
        String to = optional(node, "to");
        return new HoldFilter(ids, repo == null ? null : RepoId.of(repo), optional(node, "gate_id"),
                from == null ? null : Instant.parse(from), to == null ? null : Instant.parse(to));
    }

    private static @Nullable String optional(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.path(name).asText() : null;
    }

    private static String text(ObjectNode statement, String name) {
        JsonNode value = statement.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("a statement has no text " + name);
        }
        return value.textValue();
    }

    private static long number(ObjectNode statement, String name) {
        JsonNode value = statement.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("a statement has no number " + name);
        }
        return value.longValue();
    }
}
