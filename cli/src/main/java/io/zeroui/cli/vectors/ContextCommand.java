package io.zeroui.cli.vectors;

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

/** Texts that a tenant exports for search. */
@Command(name = "context", header = "Export redacted texts for search, and withdraw them.", description = "Asks the tenant plane, which removes source code, secrets "
        + "and personal data first. What is exported is found with zeroui vectors search.")
public final class ContextCommand implements Runnable {

    private static final String EXPORTS = "/v1/context/exports";

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    ContextCommand() {
        this(null);
    }

    ContextCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "context wants one of: export, list, show, withdraw");
    }

    @Command(name = "export", header = "Export a text file.")
    int export(@Parameters(paramLabel = "FILE", description = "a text in UTF-8") Path file, @Mixin TenantOption of,
            @Option(names = "--kind", paramLabel = "KIND", defaultValue = "document", description = "document, conversation, knowledge or snapshot; ${DEFAULT-VALUE} if not given") String kind,
            @Option(names = "--title", paramLabel = "TEXT", description = "what it is about; the file's name if not given") @Nullable String title,
            @Option(names = "--tag", paramLabel = "TAG", description = "a word to filter by; may be given again") @Nullable List<String> tags,
            @Option(names = "--id", paramLabel = "UUID", description = "id of the export, to ask again without another one") @Nullable String id) {
        ObjectNode wish = Json.object().put("kind", kind).put("title", title == null ? String.valueOf(file.getFileName()) : title)
                .put("content", TextFile.read(file));
        if (tags != null) {
            tags.forEach(wish.putArray("tags")::add);
        }
        if (id != null) {
            wish.put("export_id", id);
        }
        return of.print(spec, client(of).post(EXPORTS, wish), VectorTables::export);
    }

    @Command(name = "list", header = "List exports, the newest first.")
    int list(@Mixin TenantOption of,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many, 1 to 100; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--before", paramLabel = "UUID", description = "where the page begins, as the one before says") @Nullable String before) {
        String query = "?limit=" + limit + (before == null ? "" : "&before=" + TenantService.text(before));
        return of.print(spec, client(of).get(EXPORTS + query), VectorTables::exports);
    }

    @Command(name = "show", header = "Show what was exported.")
    int show(@Parameters(paramLabel = "UUID", description = "the export") String id, @Mixin TenantOption of) {
        return of.print(spec, client(of).get(path(id)), VectorTables::whole);
    }

    @Command(name = "withdraw", header = "Withdraw an export: its text goes, here and from search.")
    int withdraw(@Parameters(paramLabel = "UUID", description = "the export") String id, @Mixin TenantOption of,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why; it is kept, so no personal data") @Nullable String reason) {
        return of.print(spec, client(of).delete(path(id) + (reason == null ? "" : "?reason=" + TenantService.text(reason))), VectorTables::export);
    }

    private static String path(String id) {
        return EXPORTS + "/" + TenantService.text(id);
    }

    private TenantService client(TenantOption of) {
        return TenantService.of(given, Plane.TENANT, of);
    }
}
