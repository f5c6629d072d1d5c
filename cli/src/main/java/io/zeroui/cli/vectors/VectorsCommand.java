package io.zeroui.cli.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.Plane;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Collections of vectors, the documents in them, and search by a text. */
@Command(name = "vectors", header = "Search texts by what they mean; keep collections and documents.", description = "Asks the product plane. Commands act with the "
        + "key in ZEROUI_API_KEY; without it with the administrator's.")
public final class VectorsCommand implements Runnable {

    private static final String COLLECTIONS = "/v1/collections";

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    VectorsCommand() {
        this(null);
    }

    VectorsCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "vectors wants one of: search, collections, create, delete, put, documents");
    }

    @Command(name = "search", header = "Find what means something like a text.")
    int search(@Parameters(paramLabel = "TEXT", description = "what is meant") String text, @Mixin TenantOption of,
            @Option(names = "--collection", paramLabel = "NAME", defaultValue = "context", description = "where; ${DEFAULT-VALUE} if not given") String collection,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "10", description = "how many, 1 to 1000; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--hybrid", description = "the words of the text count too") boolean hybrid) {
        if (text.isBlank()) {
            throw new ParameterException(spec.commandLine(), "search wants a text");
        }
        if (limit < 1 || limit > 1000) {
            throw new ParameterException(spec.commandLine(), "--limit is from 1 to 1000");
        }
        ObjectNode wish = Json.object().put("text", text).put("limit", limit).put("hybrid", hybrid);
        return of.print(spec, client(of).post(path(collection) + "/search/text", wish), VectorTables::found);
    }

    @Command(name = "collections", header = "List the collections.")
    int collections(@Mixin TenantOption of) {
        return of.print(spec, client(of).get(COLLECTIONS), VectorTables::collections);
    }

    @Command(name = "create", header = "Make a collection.")
    int create(@Parameters(paramLabel = "NAME", description = "its name") String name, @Mixin TenantOption of,
            @Option(names = "--dimension", paramLabel = "N", defaultValue = "384", description = "components of its vectors; ${DEFAULT-VALUE}, those of the built-in model, if not given") int dimension,
            @Option(names = "--metric", paramLabel = "METRIC", defaultValue = "cosine", description = "cosine, l2, inner_product or l1; ${DEFAULT-VALUE} if not given") String metric) {
        JsonNode made = client(of).put(path(name), Json.object().put("dimension", dimension).put("metric", metric));
        return of.print(spec, made, answer -> name + " is there");
    }

    @Command(name = "delete", header = "Delete a collection with all that is in it, or one document.")
    int delete(@Parameters(paramLabel = "NAME", description = "the collection") String name, @Mixin TenantOption of,
            @Option(names = "--document", paramLabel = "ID", description = "only this document") @Nullable String document,
            @Option(names = "--yes", description = "the whole collection, without asking") boolean sure) {
        if (document != null) {
            JsonNode answer = client(of).delete(path(name) + "/documents/" + TenantService.text(document));
            return of.print(spec, answer, deleted -> document + (deleted.path("deleted").asBoolean() ? " is deleted" : " was not there"));
        }
        if (!sure) {
            throw new ParameterException(spec.commandLine(), "delete of a whole collection wants --yes");
        }
        return of.print(spec, client(of).delete(path(name)), answer -> name + " is deleted");
    }

    @Command(name = "put", header = "Write a text file as a document, in the place of what had its id.")
    int put(@Parameters(paramLabel = "FILE", description = "a text in UTF-8") Path file, @Mixin TenantOption of,
            @Option(names = "--collection", paramLabel = "NAME", required = true, description = "where") String collection,
            @Option(names = "--id", paramLabel = "ID", description = "the document's id; the file's name if not given") @Nullable String id,
            @Option(names = "--title", paramLabel = "TEXT", description = "what it is about") @Nullable String title,
            @Option(names = "--tag", paramLabel = "TAG", description = "a word to filter by; may be given again") @Nullable List<String> tags) {
        ObjectNode wish = Json.object().put("content", TextFile.read(file));
        if (title != null) {
            wish.put("title", title);
        }
        if (tags != null) {
            tags.forEach(wish.putArray("tags")::add);
        }
        String document = id == null ? String.valueOf(file.getFileName()) : id;
        return of.print(spec, client(of).put(path(collection) + "/documents/" + TenantService.text(document), wish), VectorTables::document);
    }

    @Command(name = "documents", header = "List the documents of a collection.")
    int documents(@Mixin TenantOption of,
            @Option(names = "--collection", paramLabel = "NAME", required = true, description = "where") String collection,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many, 1 to 100; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--from", paramLabel = "ID", description = "where the page begins, as the one before says") @Nullable String from) {
        String query = "?limit=" + limit + (from == null ? "" : "&from=" + TenantService.text(from));
        return of.print(spec, client(of).get(path(collection) + "/documents" + query), VectorTables::documents);
    }

    private static String path(String collection) {
        return COLLECTIONS + "/" + TenantService.text(collection);
    }

    private TenantService client(TenantOption of) {
        return TenantService.of(given, Plane.PRODUCT, of);
    }
}
