package io.zeroui.tenant.evidence.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import io.zeroui.tenant.evidence.erasure.ErasureIntent.Overwrite;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds what of a receipt lies in the tenant's dead-letter files: refused copies, and torn beginnings that have the id. What was
 * torn before its id cannot be told from anybody else's. Blocking.
 */
@ApplicationScoped
class DeadLetterCopies {

    private static final int READ_LINES = 256;
    private static final int READ_BYTES = 4 << 20;
    /** More than a dead letter can have: 64 KiB in base64 and the rest. */
    private static final int MAX_LINE_BYTES = 256 << 10;
    private static final Pattern ID = Pattern.compile("\"(?:receipt_id|feedback_id)\"\\s*:\\s*\"([^\"]{1,256})\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LedgerFolders folders;
    private final LineReader reader = new LineReader(MAX_LINE_BYTES);

    DeadLetterCopies(LedgerFolders folders) {
        this.folders = folders;
    }

    /**
     * What was found so far.
     *
     * @param writes what takes the place of copies
     * @param ends how far each file was read
     */
    record Copies(List<Overwrite> writes, Map<Path, Long> ends) {

        static final Copies NONE = new Copies(List.of(), Map.of());
    }

    /** Goes on behind what was read before. */
    Copies find(TenantId tenant, Collection<ReceiptId> ids, Copies before) throws IOException {
        Set<String> wanted = ids.stream().map(ReceiptId::value).collect(Collectors.toSet());
        List<Overwrite> writes = new ArrayList<>(before.writes());
        Map<Path, Long> ends = new HashMap<>(before.ends());
        for (Path file : folders.listDeadLetters(tenant)) {
            long next = ends.getOrDefault(file, 0L);
            ReadResult result;
            do {
                result = reader.read(file, next, READ_LINES, READ_BYTES);
                for (Line line : result.lines()) {
                    if (line instanceof Line.Complete complete) {
                        without(complete.bytes(), wanted).ifPresent(text -> writes.add(
                                new Overwrite(folders.root().relative(file), line.offset(), text)));
                    }
                }
                next = result.nextOffset();
            } while (result.more());
            ends.put(file, next);
        }
        return new Copies(writes, ends);
    }

    /** What takes the place of a dead letter that is a copy of one of the receipts: when, and why it was refused. */
    private static Optional<String> without(byte[] line, Set<String> wanted) {
        try {
            JsonNode letter = JSON.readTree(line);
            byte[] kept = Base64.getDecoder().decode(letter.path("line_base64").asText());
            Matcher ids = ID.matcher(new String(kept, StandardCharsets.ISO_8859_1));
            while (ids.find()) {
                if (wanted.contains(ids.group(1))) {
                    ObjectNode left = JSON.createObjectNode().put("dead_lettered_at", letter.path("dead_lettered_at").asText())
                            .put("reason", letter.path("reason").asText()).put("erased", true);
                    byte[] text = JSON.writeValueAsBytes(left);
                    return Optional.of(new String(text, StandardCharsets.UTF_8) + " ".repeat(line.length - text.length));
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // not a dead letter of ours
        }
    }
}
