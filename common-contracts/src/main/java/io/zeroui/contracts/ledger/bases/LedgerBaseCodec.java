package io.zeroui.contracts.ledger.bases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.ledger.bases.LedgerBase.Act;
import io.zeroui.contracts.ledger.bases.LedgerBase.Erased;
import io.zeroui.contracts.ledger.bases.LedgerBase.Link;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bases as files of lines, one JSON object a line. The first has {@code v} (1), {@code tenant_id}, {@code sequence},
 * {@code first_day}, {@code log_root} (hex), {@code act_day}, {@code act_offset} and the numbers of the lines behind it:
 * {@code links} ({@code chain_id}, {@code position}, {@code chain_hash}), then {@code acts} ({@code seq}, {@code received_at},
 * {@code statement}), then {@code erased} ({@code receipt_id}, {@code seq}, {@code received_at}, {@code chain_id},
 * {@code position}, {@code chain_hash} and, where known, {@code tombstone}). Hashes are hex, times RFC 3339. A reader ignores
 * members that it does not know, and refuses other formats.
 */
public final class LedgerBaseCodec {

    private static final int FORMAT = 1;
    private static final ObjectWriter WRITER = new ObjectMapper().writer();

    private LedgerBaseCodec() {
    }

    /** The file. */
    public static byte[] write(LedgerBase base) {
        StringBuilder file = new StringBuilder();
        put(file, object().put("v", FORMAT).put("tenant_id", base.tenant().value()).put("sequence", base.sequence())
                .put("first_day", base.firstDay().toString()).put("log_root", base.logRoot().hex())
                .put("act_day", base.actDay().toString()).put("act_offset", base.actOffset())
                .put("links", base.links().size()).put("acts", base.acts().size()).put("erased", base.erased().size()));
        base.links().forEach(link -> put(file, link(object(), link)));
        base.acts().forEach(act -> put(file, object().put("seq", act.sequence()).put("received_at", act.at().toString())
                .put("statement", act.statement())));
        base.erased().forEach(erased -> {
            ObjectNode line = object().put("receipt_id", erased.receiptId().value()).put("seq", erased.sequence())
                    .put("received_at", erased.receivedAt().toString());
            if (erased.tombstone() != null) {
                line.put("tombstone", erased.tombstone());
            }
            put(file, link(line, erased.link()));
        });
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it is not a whole base
     */
    public static LedgerBase read(byte[] file) {
        try {
            List<byte[]> lines = lines(file);
            ObjectNode head = object(lines, 0);
            if (number(head, "v") != FORMAT) {
                throw new IllegalArgumentException("a base of a format that this version does not know");
            }
            int links = Math.toIntExact(number(head, "links"));
            int acts = Math.toIntExact(number(head, "acts"));
            int erased = Math.toIntExact(number(head, "erased"));
            if (links < 0 || acts < 0 || erased < 0 || lines.size() != 1L + links + acts + erased) {
                throw new IllegalArgumentException("a base whose lines are not as many as it says");
            }
            List<Link> theLinks = new ArrayList<>();
            List<Act> theActs = new ArrayList<>();
            List<Erased> theErased = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                ObjectNode line = object(lines, i);
                if (i <= links) {
                    theLinks.add(link(line));
                } else if (i <= links + acts) {
                    theActs.add(new Act(number(line, "seq"), Instant.parse(text(line, "received_at")), text(line, "statement")));
                } else {
                    theErased.add(new Erased(ReceiptId.of(text(line, "receipt_id")), number(line, "seq"),
                            Instant.parse(text(line, "received_at")), link(line),
                            line.hasNonNull("tombstone") ? (Long) number(line, "tombstone") : null));
                }
            }
            return new LedgerBase(TenantId.of(text(head, "tenant_id")), number(head, "sequence"),
                    LocalDate.parse(text(head, "first_day")), Hash.parse(text(head, "log_root")),
                    LocalDate.parse(text(head, "act_day")), number(head, "act_offset"), theLinks, theActs, theErased);
        } catch (InvalidJson | DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a base: " + e.getMessage(), e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode link(ObjectNode line, Link link) {
        return line.put("chain_id", link.chainId()).put("position", link.position()).put("chain_hash", link.chainHash().hex());
    }

    private static Link link(ObjectNode line) {
        return new Link(text(line, "chain_id"), number(line, "position"), Hash.parse(text(line, "chain_hash")));
    }

    private static void put(StringBuilder file, ObjectNode line) {
        try {
            file.append(WRITER.writeValueAsString(line)).append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object can always be written", e);
        }
    }

    private static List<byte[]> lines(byte[] file) {
        if (file.length == 0 || file[file.length - 1] != '\n') {
            throw new IllegalArgumentException("a base that does not end with a line feed");
        }
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                lines.add(Arrays.copyOfRange(file, begin, i));
                begin = i + 1;
            }
        }
        return lines;
    }

    private static ObjectNode object(List<byte[]> lines, int line) throws InvalidJson {
        return StrictJson.parseObject(lines.get(line), JsonLimits.RECEIPT);
    }

    private static String text(ObjectNode line, String name) {
        JsonNode value = line.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("a base without the text " + name);
        }
        return value.textValue();
    }

    private static long number(ObjectNode line, String name) {
        JsonNode value = line.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("a base without the number " + name);
        }
        return value.longValue();
    }
}
