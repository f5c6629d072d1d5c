package io.zeroui.product.vectors.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.text.chunking.ChunkSize;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is written.
 *
 * @param title what it is about; empty for none
 * @param content the text
 * @param fileType for example {@code pdf}; null for none
 * @param tags words to filter by
 * @param createdAt when it was made; null for now
 * @param metadata further members of its chunks' payloads; may be empty
 * @param provider what makes its vectors; null for what fits the collection
 * @param size of its chunks
 */
public record NewDocument(String title, String content, @Nullable String fileType, List<String> tags, @Nullable Instant createdAt,
        ObjectNode metadata, @Nullable String provider, ChunkSize size) {

    private static final int TITLE_MOST = 500;
    private static final int TAGS_MOST = 64;
    private static final int TAG_MOST = 128;
    private static final int NAME_MOST = 64;
    private static final int METADATA_MOST = 64;
    private static final int METADATA_CHARACTERS_MOST = 4_096;

    public NewDocument {
        tags = List.copyOf(tags);
        metadata = metadata.deepCopy();
    }

    /** A text with a title, cut as usual. */
    public static NewDocument of(String title, String content, List<String> tags, Instant createdAt, ObjectNode metadata) {
        return new NewDocument(title, content, null, tags, createdAt, metadata, null, ChunkSize.USUAL);
    }

    /**
     * Reads a body.
     *
     * @throws io.zeroui.runtime.problems.ProblemException 400 that names the member which is wrong
     */
    static NewDocument parse(byte @Nullable [] body, int charactersMost) {
        TextBody json = TextBody.parse(body, "title", "content", "file_type", "tags", "created_at", "metadata", "provider", "chunk");
        JsonNode metadata = json.object("metadata");
        if (metadata.size() > METADATA_MOST || metadata.toString().length() > METADATA_CHARACTERS_MOST) {
            throw TextBody.invalid("metadata", "must have at most " + METADATA_MOST + " members, and " + METADATA_CHARACTERS_MOST + " characters as JSON");
        }
        DocumentPayload.requireFree(metadata);
        String title = json.text("title", TITLE_MOST);
        return new NewDocument(title == null ? "" : title, json.required("content", charactersMost), json.text("file_type", NAME_MOST),
                json.texts("tags", TAGS_MOST, TAG_MOST), json.time("created_at"), (ObjectNode) metadata, json.text("provider", NAME_MOST), size(json));
    }

    private static ChunkSize size(TextBody json) {
        JsonNode chunk = json.object("chunk");
        if (chunk.isEmpty()) {
            return ChunkSize.USUAL;
        }
        TextBody.requireMembers(chunk, "unit", "size", "overlap");
        String unit = chunk.path("unit").asText("tokens");
        if (!unit.equals("tokens") && !unit.equals("characters")) {
            throw TextBody.invalid("chunk.unit", "must be tokens or characters");
        }
        int size = TextBody.whole(chunk.path("size"), "chunk.size", unit.equals("tokens") ? ChunkSize.USUAL.most() : ChunkSize.USUAL.most() * 4);
        return new ChunkSize(unit.equals("tokens") ? ChunkSize.Unit.TOKENS : ChunkSize.Unit.CHARACTERS, size,
                TextBody.whole(chunk.path("overlap"), "chunk.overlap", size / 6));
    }
}
