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
 * Journal entries as lines, one JSON object a line. Format 1, a receipt: {@code v} (1), {@code seq}, {@code receipt_id},
 * {@code data} ({@code {repo-id}/dt=YYYY-MM-DD/receipts.jsonl}, relative to {@code evidence/data}), {@code offset},
 * {@code length}, {@code sha256} (hex), {@code received_at} (RFC 3339), {@code salt} and {@code commitment} (hex, see
 * {@link Commitment}), and, where known, {@code edge}, {@code epoch} and {@code edge_seq}. Lines that older
 * versions wrote have no {@code salt} and no {@code commitment}: theirs is {@code sha256}.
 *
 * <p>
 * Format 2, what is left of an erased receipt: {@code v} (2), {@code seq}, {@code receipt_id}, {@code data}, {@code offset},
 * {@code length}, {@code received_at} as before, {@code commitment} (or {@code sha256}, where that was the commitment), and
 * spaces: it stands in the place of the line of format 1 and is as long, so no other line moves.
 *
 * <p>
 * Format 3, something that was done to the ledger: {@code v} (3), {@code seq}, {@code day}, {@code received_at}, {@code salt},
 * {@code commitment} and {@code statement}, a text, to which the commitment is.
 *
 * <p>
 * A reader ignores members that it does not know, and refuses formats that it does not know.
 */
public final class JournalCodec {

    private static final int RECEIPT = 1;
    private static final int ERASED = 2;
    private static final int ACT = 3;
    private static final JsonFactory JSON = new JsonFactory();
    private static final ObjectWriter WRITER = new ObjectMapper().writer();
    private static final Pattern DATA = Pattern.compile("([a-z0-9-]+)/dt=([0-9]{4}-[0-9]{2}-[0-9]{2})/receipts\\.jsonl");

    private JournalCodec() {
    }

    /** The line without its line feed. */
    public static byte[] write(JournalRecord line) {
        ObjectNode members = line instanceof JournalEntry entry ? members(entry)
                : line instanceof ErasedEntry erased ? members(erased) : members((ActEntry) line);
        try {
            return WRITER.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a flat object can always be written", e);
        }
    }

    /**
     * What stands in the place of the line of a receipt that is erased.
     *
     * @param before the line, without its line feed
     * @return as many bytes
     * @throws IllegalArgumentException when {@code before} is not the line of a receipt
     */
    public static byte[] erase(byte[] before) {
        if (!(read(before) instanceof JournalEntry entry)) {
            throw new IllegalArgumentException("not the journal line of a receipt");
        }
        ObjectNode members = members(ErasedEntry.of(entry));
        if (entry.commitment().salt() == null) {
            members.remove("commitment");
            members.put("sha256", entry.committed().hex());
        }
        try {
            return ErasedLine.padded(WRITER.writeValueAsBytes(members), before.length);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a flat object can always be written", e);
        }
    }

    private static ObjectNode members(JournalEntry entry) {
        ObjectNode line = place(RECEIPT, entry.sequence(), entry.receiptId(), entry.repoId(), entry.day(), entry.offset(),
                entry.length())
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
        return line;
    }

    private static ObjectNode members(ErasedEntry entry) {
        return place(ERASED, entry.sequence(), entry.receiptId(), entry.repoId(), entry.day(), entry.offset(), entry.length())
                .put("received_at", entry.receivedAt().toString())
                .put("commitment", entry.committed().hex());
    }

    private static ObjectNode members(ActEntry entry) {
        Salt salt = entry.commitment().salt();
        if (salt == null) {
            throw new IllegalArgumentException("a statement without a salt");
        }
        return JsonNodeFactory.instance.objectNode()
                .put("v", ACT)
                .put("seq", entry.sequence())
                .put("day", entry.day().toString())
                .put("received_at", entry.receivedAt().toString())
                .put("salt", salt.hex())
                .put("commitment", entry.committed().hex())
                .put("statement", entry.statement());
    }

    private static ObjectNode place(int version, long sequence, ReceiptId receipt, RepoId repo, LocalDate day, long offset,
            int length) {
        return JsonNodeFactory.instance.objectNode()
                .put("v", version)
                .put("seq", sequence)
                .put("receipt_id", receipt.value())
                .put("data", repo.value() + "/dt=" + day + "/receipts.jsonl")
                .put("offset", offset)
                .put("length", length);
    }

    /**
     * The entry of a line.
     *
     * @throws IllegalArgumentException when the line is not a journal line of a known version
     */
    public static JournalRecord read(byte[] line) {
        Members members = Members.of(line);
        long version = members.number("v");
        try {
            if (version == ACT) {
                return new ActEntry(members.number("seq"), LocalDate.parse(members.text("day")),
                        Instant.parse(members.text("received_at")), members.commitment(), members.text("statement"));
            }
            if (version != RECEIPT && version != ERASED) {
                throw new IllegalArgumentException("journal line of version " + version);
            }
            Matcher data = DATA.matcher(members.text("data"));
            if (!data.matches()) {
                throw new IllegalArgumentException("not an evidence file: " + members.text("data"));
            }
            return version == RECEIPT ? receipt(members, data) : erased(members, data);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("journal line with a wrong value: " + e.getMessage(), e);
        }
    }

    private static JournalEntry receipt(Members members, Matcher data) {
        return new JournalEntry(members.number("seq"), ReceiptId.of(members.text("receipt_id")),
                RepoId.of(data.group(1)), LocalDate.parse(data.group(2)), members.number("offset"),
                Math.toIntExact(members.number("length")),
                Hash.parse(members.text("sha256")),
                Instant.parse(members.text("received_at")), members.commitment(), members.origin());
    }

    private static ErasedEntry erased(Members members, Matcher data) {
        return new ErasedEntry(members.number("seq"), ReceiptId.of(members.text("receipt_id")),
                RepoId.of(data.group(1)), LocalDate.parse(data.group(2)), members.number("offset"),
                Math.toIntExact(members.number("length")),
                Instant.parse(members.text("received_at")),
                Hash.parse(members.text(members.values().containsKey("commitment") ? "commitment" : "sha256")));
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
