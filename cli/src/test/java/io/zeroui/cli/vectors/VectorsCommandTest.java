package io.zeroui.cli.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.cli.AnsweringPlanes;
import io.zeroui.cli.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server that answers as the planes do. */
class VectorsCommandTest {

    private static final String ID = "019aa000-0000-7000-8000-000000000001";
    private static final String EXPORT = "{\"export_id\":\"" + ID + "\",\"kind\":\"document\",\"state\":\"searchable\",\"title\":\"Queue\","
            + "\"removed\":{\"secret\":2,\"source_code\":1},\"exported_at\":\"2026-01-02T00:00:00Z\",\"content\":\"We keep the queue.\"}";

    @TempDir
    Path folder;
    @RegisterExtension
    final AnsweringPlanes planes = new AnsweringPlanes();

    @Test
    void whatIsFoundIsATableOrJson() {
        planes.answers.put("/v1/collections/context/search/text", """
                {"items":[{"id":"u","score":0.71234567,"payload":{"document_title":"Queue","content":"We keep\\nthe \\u001b[31mqueue. %s"}},
                          {"id":7,"score":0.5,"payload":{}}],"model":"m"}""".formatted("word ".repeat(40)));
        assertThat(vectors("search", "which queue?", "--limit", "2", "--hybrid")).isZero();
        assertThat(planes.out.toString()).contains("SCORE   DOCUMENT  TEXT").contains("0.7123  Queue     We keep the [31mqueue. word").contains("…")
                .contains("0.5000  7         -").doesNotContain("\u001b");
        assertThat(planes.requests.get(0)).startsWith("POST /v1/collections/context/search/text local Bearer someone");
        assertThat(Json.read(planes.body(0))).isEqualTo(Json.read("{\"text\":\"which queue?\",\"limit\":2,\"hybrid\":true}"));
        planes.out.getBuffer().setLength(0);
        assertThat(vectors("search", "x", "--collection", "a b", "--tenant", "acme", "--json")).isZero();
        assertThat(planes.requests.get(1)).startsWith("POST /v1/collections/a%20b/search/text acme");
        assertThat(Json.read(planes.out.toString()).isObject()).isTrue();
        assertThat(vectors("search", " ")).isEqualTo(2);
    }

    @Test
    void nothingFoundIsSaid() {
        planes.answers.put("/v1/collections/context/search/text", "{\"items\":[],\"model\":\"m\"}");
        assertThat(vectors("search", "x")).isZero();
        assertThat(planes.out.toString()).isEqualTo("nothing was found\n");
    }

    @Test
    void aFileBecomesADocumentAndDocumentsAreATable() throws IOException {
        Path file = Files.writeString(folder.resolve("adr 1.md"), "We keep the queue.");
        planes.answers.put("/v1/collections/docs/documents/adr 1.md", "{\"document_id\":\"adr 1.md\",\"chunks\":3,\"embedded\":2,\"tags\":[]}");
        planes.answers.put("/v1/collections/docs/documents",
                "{\"items\":[{\"document_id\":\"adr 1.md\",\"chunks\":3,\"tags\":[\"a\",\"b\"],\"created_at\":\"2026-01-02T00:00:00Z\"}],\"next\":\"n1\"}");
        assertThat(vectors("put", file.toString(), "--collection", "docs", "--title", "Queue", "--tag", "a", "--tag", "b")).isZero();
        assertThat(vectors("documents", "--collection", "docs", "--from", "n0")).isZero();
        assertThat(planes.out.toString()).contains("adr 1.md: 3 chunks, 2 embedded").contains("adr 1.md  -      3       a b   2026-01-02T00:00:00Z")
                .contains("more: --from n1");
        assertThat(planes.requests.get(0)).startsWith("PUT /v1/collections/docs/documents/adr%201.md local");
        assertThat(Json.read(planes.body(0))).isEqualTo(Json.read("{\"content\":\"We keep the queue.\",\"title\":\"Queue\",\"tags\":[\"a\",\"b\"]}"));
        assertThat(planes.requests.get(1)).startsWith("GET /v1/collections/docs/documents?limit=50&from=n0");
    }

    @Test
    void collectionsAreListedMadeAndDeleted() {
        planes.answers.put("/v1/collections", "{\"items\":[{\"name\":\"docs\",\"dimension\":384,\"metric\":\"cosine\",\"index\":{\"kind\":\"hnsw\"}}]}");
        planes.answers.put("/v1/collections/docs/documents/a", "{\"deleted\":true}");
        assertThat(vectors("collections")).isZero();
        assertThat(vectors("create", "docs", "--dimension", "3")).isZero();
        assertThat(vectors("delete", "docs", "--document", "a")).isZero();
        assertThat(vectors("delete", "docs")).isEqualTo(2);
        assertThat(vectors("delete", "docs", "--yes")).isZero();
        assertThat(planes.out.toString()).contains("docs        384        cosine  hnsw   -").contains("docs is there").contains("a is deleted")
                .contains("docs is deleted");
        assertThat(planes.requests).hasSize(4);
        assertThat(Json.read(planes.body(1))).isEqualTo(Json.read("{\"dimension\":3,\"metric\":\"cosine\"}"));
        assertThat(planes.requests.get(3)).startsWith("DELETE /v1/collections/docs local");
    }

    @Test
    void contextIsExportedListedShownAndWithdrawn() throws IOException {
        Path file = Files.writeString(folder.resolve("queue.md"), "We keep the queue.");
        planes.answers.put("/v1/context/exports", "{\"items\":[" + EXPORT + "]}");
        planes.answers.put("/v1/context/exports/" + ID, EXPORT);
        assertThat(context("list")).isZero();
        planes.answers.put("/v1/context/exports", EXPORT);
        assertThat(context("export", file.toString(), "--kind", "knowledge", "--tag", "q", "--id", ID)).isZero();
        assertThat(context("show", ID)).isZero();
        assertThat(context("withdraw", ID, "--reason", "is old", "--tenant", "acme")).isZero();
        assertThat(planes.out.toString()).contains(ID + "  document  searchable  Queue  2 secret, 1 source_code  2026-01-02T00:00:00Z")
                .contains(ID + " is searchable; removed: 2 secret, 1 source_code\n\nWe keep the queue.");
        assertThat(Json.read(planes.body(1)).path("title").asText()).isEqualTo("queue.md");
        assertThat(Json.read(planes.body(1)).path("export_id").asText()).isEqualTo(ID);
        assertThat(planes.requests.get(3)).startsWith("DELETE /v1/context/exports/" + ID + "?reason=is%20old acme");
    }

    @Test
    void nothingThatIsShownCommandsTheTerminal() {
        String evil = "a\\u001b]0;x\\u0007b\\u009b31mc\\rd\\ne\\tf";
        planes.answers.put("/v1/context/exports/" + ID, "{\"export_id\":\"" + ID + "\",\"state\":\"searchable\",\"content\":\"" + evil + "\"}");
        planes.answers.put("/v1/collections/docs/documents", "{\"items\":[{\"document_id\":\"" + evil + "\",\"chunks\":1}]}");
        assertThat(context("show", ID)).isZero();
        assertThat(planes.out.toString()).isEqualTo(ID + " is searchable\n\na ]0;x b 31mc\nd\ne\tf\n");
        assertThat(vectors("documents", "--collection", "docs")).isZero();
        assertThat(planes.out.toString()).contains("\na ]0;x b 31mc d e f  -").matches("[\\P{Cc}\n\t]*");
    }

    @Test
    void wrongInputIsOneClearLine() throws IOException {
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path empty = Files.writeString(folder.resolve("empty"), " \n");
        assertThat(context("export", bytes.toString())).isEqualTo(1);
        assertThat(context("export", empty.toString())).isEqualTo(1);
        assertThat(vectors("put", folder.resolve("none").toString(), "--collection", "docs")).isEqualTo(1);
        assertThat(planes.err.toString().lines()).containsExactly(bytes + " is no text in UTF-8", empty + " has no text",
                "cannot read " + folder.resolve("none") + ": NoSuchFileException");
        assertThat(planes.requests).isEmpty();
        planes.status = 403;
        planes.answers.put("/v1/context/exports", "{\"detail\":\"A policy forbids it\",\"error\":{\"code\":\"FORBIDDEN\"}}");
        assertThat(context("list")).isEqualTo(1);
        assertThat(planes.err.toString()).contains("the tenant plane refuses with HTTP 403 FORBIDDEN: A policy forbids it");
    }

    private int vectors(String... arguments) {
        return planes.run(new VectorsCommand(planes.system()), arguments);
    }

    private int context(String... arguments) {
        return planes.run(new ContextCommand(planes.system()), arguments);
    }
}
