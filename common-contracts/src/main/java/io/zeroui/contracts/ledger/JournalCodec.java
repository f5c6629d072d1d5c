package io.zeroui.contracts.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.ledger.JournalEntry.Origin;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Journal entries as lines. Format 1, one JSON object a line: {@code v} (1), {@code seq}, {@code receipt_id},
 * {@code data} ({@code {repo-id}/dt=YYYY-MM-DD/receipts.jsonl}, relative to {@code evidence/data}), {@code offset},
 * {@code length}, {@code sha256} (hex), {@code received_at} (RFC 3339), {@code salt} and {@code commitment} (hex, see
 * {@link Commitment}), and, where known, {@code edge}, {@code epoch} and {@code edge_seq}. Lines that older
 * versions wrote have no {@code salt} and no {@code commitment}: theirs is {@code sha256}. A reader ignores members that it
 * does not know.
 */
public final class JournalCodec {

    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectWriter WRITER = new ObjectMapper().writer();
    private static final Pattern DATA = Pattern.compile("([a-z0-9-]+)/dt=([0-9]{4}-[0-9]{2}-[0-9]{2})/receipts\\.jsonl");

    private JournalCodec() {
    }

    /** The line without its line feed. */
    public static byte[] write(JournalEntry entry) {
        ObjectNode line = JsonNodeFactory.instance.objectNode()
                .put("v", VERSION)
                .put("seq", entry.sequence())
                .put("receipt_id", entry.receiptId().value())
                .put("data", entry.repoId().value() + "/dt=" + entry.day() + "/receipts.jsonl")
                .put("offset", entry.offset())
                .put("length", entry.length())
                .put("sha256", entry.hash().hex())
                .put("received_at", entry.receivedAt().toString());
        Salt salt = entry.commitment().salt();
        if (salt != null) {
            line.put("salt", salt.hex()).put("commitment", entry.commitment().value().hex());
        }
        Origin origin = entry.origin();
        if (origin != null) {
            line.put("edge", origin.edge()).put("epoch", origin.epoch()).put("edge_seq", origin.sequence());
        }
        try {
            return WRITER.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a flat object can always be written", e);
        }
    }

    /**
     * The entry of a line.
     *
     * @throws IllegalArgumentException when the line is not a journal line of a known version
     */
    public static JournalEntry read(byte[] line) {
        Members members = Members.of(line);
        if (members.number("v") != VERSION) {
            throw new IllegalArgumentException("journal line of version " + members.number("v"));
        }
        Matcher data = DATA.matcher(members.text("data"));
        if (!data.matches()) {
            throw new IllegalArgumentException("not an evidence file: " + members.text("data"));
        }
        try {
            return new JournalEntry(members.number("seq"), ReceiptId.of(members.text("receipt_id")),
                    RepoId.of(data.group(1)), LocalDate.parse(data.group(2)), members.number("offset"),
                    Math.toIntExact(members.number("length")),
                    Hash.parse(members.text("sha256")),
                    Instant.parse(members.text("received_at")), members.commitment(), members.origin());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("journal line with a wrong value: " + e.getMessage(), e);
        }
    }

    /** The scalar members of a flat object. */
    private record Members(Map<String, Object> values) {

        static Members of(byte[] line) {
            Map<String, Object> values = new HashMap<>();
            try (JsonParser json = JSON.createParser(line)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new IllegalArgumentException("journal line is not an object");
                }
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    JsonToken token = json.nextToken();
                    if (token == JsonToken.VALUE_STRING) {
                        values.put(name, json.getText());
                    } else if (token == JsonToken.VALUE_NUMBER_INT) {
                        values.put(name, json.getLongValue());
                    } else {
                        json.skipChildren();
                    }
                }
            } catch (IOException e) {
                throw new IllegalArgumentException("journal line is not JSON: " + e.getMessage(), e);
            }
            return new Members(values);
        }

        String text(String name) {
            if (values.get(name) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException("journal line has no text " + name);
        }

        long number(String name) {
            if (values.get(name) instanceof Long number) {
                return number;
            }
            throw new IllegalArgumentException("journal line has no number " + name);
        }

        Commitment commitment() {
            return values.containsKey("salt")
                    ? new Commitment(Salt.parse(text("salt")), Hash.parse(text("commitment")))
                    : new Commitment(null, Hash.parse(text("sha256")));
        }

        @Nullable Origin origin() {
            return values.containsKey("edge")
                    ? new Origin(text("edge"), text("epoch"), number("edge_seq"))
                    : null;
        }
    }
}
