package io.zeroui.product.vectors.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.text.chunking.Chunk;
import io.zeroui.product.vectors.text.chunking.ChunkSize;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the payload of a chunk's point has: where it belongs, its text, and what it was made of. */
public final class DocumentPayload {

    /** Which document. */
    public static final String DOCUMENT = "document_id";
    /** The chunk's text. */
    public static final String CONTENT = "content";
    /** SHA-256 of the text, hex. */
    public static final String CONTENT_HASH = "content_sha256";
    /** Model that made the vector. */
    public static final String MODEL = "embedding_model";

    static final String INDEX = "chunk_index";
    private static final String TITLE = "document_title";
    private static final String TYPE = "file_type";
    private static final String TAGS = "tags";
    private static final String CREATED = "created_at";
    private static final String VERSION = "document_version";
    private static final String HASH = "document_sha256";
    private static final String COUNT = "chunk_count";
    private static final String START = "chunk_start";
    private static final String END = "chunk_end";
    /** Members that only exports of context have: they are found by them when they are withdrawn. */
    private static final Set<String> RESERVED = Set.of("context_export", "context_kind");
    private static final Set<String> OWN = Set.of(DOCUMENT, CONTENT, CONTENT_HASH, MODEL, INDEX, TITLE, TYPE, TAGS, CREATED, VERSION, HASH, COUNT,
            START, END);

    private DocumentPayload() {
    }

    /** Fields by which documents are found and filtered. */
    static Map<String, FieldType> indexes() {
        return Map.of(DOCUMENT, FieldType.KEYWORD, CONTENT_HASH, FieldType.KEYWORD, CONTENT, FieldType.TEXT, VERSION, FieldType.INTEGER);
    }

    /** Refuses metadata that has a member which chunks have for themselves. */
    static void requireFree(JsonNode metadata) {
        metadata.fieldNames().forEachRemaining(name -> {
            if (OWN.contains(name) || RESERVED.contains(name)) {
                throw TextBody.invalid("metadata", "must not have the member " + name + ", which every chunk has");
            }
        });
    }

    /**
     * A document that is being written.
     *
     * @param version later ones are higher
     * @param model that makes the vectors
     * @param sha256 hash of everything that counts
     */
    record Written(DocumentId id, NewDocument document, long version, String model, String sha256, Instant createdAt, List<Chunk> chunks) {

        PointId pointId(Chunk chunk) {
            String name = id.value() + '\n' + version + '\n' + chunk.index();
            return PointId.of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
        }

        ObjectNode payload(Chunk chunk) {
            ObjectNode payload = document.metadata().deepCopy();
            payload.put(DOCUMENT, id.value()).put(INDEX, chunk.index()).put(CONTENT, chunk.text()).put(CREATED, createdAt.toString())
                    .put(CONTENT_HASH, contentHash(chunk.text())).put(MODEL, model).put(VERSION, version).put(HASH, sha256)
                    .put(COUNT, chunks.size()).put(START, chunk.start()).put(END, chunk.end());
            if (!document.title().isEmpty()) {
                payload.put(TITLE, document.title());
            }
            if (document.fileType() != null) {
                payload.put(TYPE, document.fileType());
            }
            document.tags().forEach(payload.putArray(TAGS)::add);
            return payload;
        }
    }

    /** Hash of a chunk's text. */
    static String contentHash(String text) {
        return Hash.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** Hash of everything that counts of a document: the same one again is the same document. */
    static String documentHash(NewDocument document, String model) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        ChunkSize size = document.size();
        whole.put("title", document.title()).put("content", document.content()).put("type", document.fileType()).put("model", model)
                .put("created", String.valueOf(document.createdAt())).put("unit", size.unit().name()).put("most", size.most())
                .put("overlap", size.overlap());
        document.tags().forEach(whole.putArray("tags")::add);
        whole.set("metadata", document.metadata());
        return Hash.of(whole.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** All chunks of a document. */
    public static Filter of(DocumentId id) {
        return Filter.must(equal(DOCUMENT, TextNode.valueOf(id.value())));
    }

    /** Chunks of a document in versions up to, or from, one; the bounds themselves are not meant. */
    static Filter versions(DocumentId id, @Nullable Long above, @Nullable Long below) {
        return Filter.must(equal(DOCUMENT, TextNode.valueOf(id.value())), new Condition.Range(KeyPath.of(VERSION),
                above == null ? null : BigDecimal.valueOf(above), null, below == null ? null : BigDecimal.valueOf(below), null));
    }

    /** Chunks of exactly that version. */
    static Filter version(DocumentId id, long version) {
        return Filter.must(equal(DOCUMENT, TextNode.valueOf(id.value())), new Condition.Range(KeyPath.of(VERSION), null,
                BigDecimal.valueOf(version), null, BigDecimal.valueOf(version)));
    }

    /** The first chunk of each document. */
    static Filter firstChunks() {
        return Filter.must(equal(INDEX, IntNode.valueOf(0)));
    }

    /** Chunks with one of these texts, embedded by that model. */
    static Filter texts(Collection<String> hashes, String model) {
        return Filter.must(new Condition.MatchAny(KeyPath.of(CONTENT_HASH), hashes.stream().<JsonNode> map(TextNode::valueOf).toList()),
                equal(MODEL, TextNode.valueOf(model)));
    }

    private static Condition equal(String field, JsonNode value) {
        return new Condition.MatchAny(KeyPath.of(field), List.of(value));
    }

    static long versionOf(ObjectNode payload) {
        return payload.path(VERSION).asLong();
    }

    static String hashOf(ObjectNode payload) {
        return payload.path(HASH).asText();
    }

    static int startOf(ObjectNode payload) {
        return payload.path(START).asInt();
    }

    static int countOf(ObjectNode payload) {
        return payload.path(COUNT).asInt();
    }

    /** A document as its first chunk describes it. */
    static DocumentView view(ObjectNode payload, @Nullable String content, int embedded) {
        ObjectNode metadata = payload.deepCopy();
        metadata.remove(OWN);
        return new DocumentView(payload.path(DOCUMENT).asText(), text(payload, TITLE), text(payload, TYPE), tags(payload), text(payload, CREATED), countOf(payload),
                text(payload, MODEL), metadata.isEmpty() ? null : metadata, embedded < 0 ? null : embedded, content);
    }

    private static List<String> tags(ObjectNode payload) {
        List<String> tags = new ArrayList<>();
        payload.path(TAGS).forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private static @Nullable String text(ObjectNode payload, String member) {
        return payload.hasNonNull(member) ? payload.path(member).asText() : null;
    }
}
