package io.zeroui.cli.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.receipts.ReceiptQuery;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exports receipts into a file. */
@Command(name = "export", header = "Export receipts into a file.", description = "Asks the tenant plane for an export, waits until it is written, fetches it and checks its SHA-256. When it was interrupted,"
        + " the same with --id goes on: it fetches only what is not there yet.")
public final class ExportCommand implements Callable<Integer> {

    private static final String PATH = "/v1/evidence/export";
    private static final String TENANT = "X-Tenant-Id";
    private static final long PAUSE_MILLIS = 300;

    @Spec
    private CommandSpec spec;
    @Mixin
    private final ReceiptQuery query = new ReceiptQuery();
    @Option(names = "--out", paramLabel = "FILE", required = true, description = "the file; it must not be there yet")
    private Path out;
    @Option(names = "--id", paramLabel = "ID", description = "an export that was begun; filters and format are its own")
    private @Nullable String id;
    @Option(names = "--format", paramLabel = "FORMAT", description = "jsonl, csv or parquet; jsonl if not given")
    private @Nullable String format;
    @Option(names = "--gzip", description = "compressed")
    private boolean gzip;
    @Option(names = "--filter", paramLabel = "NAME=VALUE", description = "any other filter that a search has")
    private @Nullable Map<String, String> filters;
    @Option(names = "--json", description = "the export as JSON")
    private boolean json;

    ExportCommand() {
    }

    @Override
    public Integer call() {
        return export(RunningSystem.fromEnvironment());
    }

    int export(RunningSystem system) {
        if (Files.exists(out)) {
            throw new CliFailure(out + " is there already", "name another file with --out");
        }
        ServiceClient client = new ServiceClient(system);
        String export = id == null ? begin(client) : checkedId(id);
        JsonNode done = follow(client, export);
        new ExportDownload(client, query.tenant(), out).fetch(done);
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(json ? Json.write(((ObjectNode) done).put("file", out.toString()))
                : "%s  %d receipts, %d bytes, %s".formatted(out, done.path("rows").asLong(), done.path("bytes").asLong(),
                        done.path("sha256").asText()));
        writer.flush();
        return 0;
    }

    private String begin(ServiceClient client) {
        ObjectNode wish = query.body();
        if (filters != null) {
            filters.forEach(wish::put);
        }
        if (format != null) {
            wish.put("format", format);
        }
        if (gzip) {
            wish.put("compression", "gzip");
        }
        Answer answer = client.post(Plane.TENANT, PATH, Json.write(wish).getBytes(StandardCharsets.UTF_8), TENANT, query.tenant());
        if (!answer.isSuccess()) {
            throw new CliFailure("nothing is exported: " + answer.problem(), "GET " + PATH + " lists the exports that there are");
        }
        return answer.body().path("export_id").asText();
    }

    /** Waits until the export is done. */
    private JsonNode follow(ServiceClient client, String export) {
        Progress progress = Progress.on(spec.commandLine().getErr());
        while (true) {
            JsonNode now = client.getBody(Plane.TENANT, PATH + "/" + export, TENANT, query.tenant());
            String state = now.path("state").asText();
            String text = "export %s: %s, %d of %s receipts, %d %%".formatted(export, state,
                    now.at("/progress/rows_written").asLong(), now.at("/progress/rows_expected").asText("?"),
                    now.at("/progress/percent").asInt());
            if (state.equals("done")) {
                progress.done(text);
                return now;
            }
            if (!state.equals("queued") && !state.equals("running")) {
                throw new CliFailure("the export " + export + " is " + state + ": " + now.path("detail").asText(),
                        "ask for a new one, without --id");
            }
            progress.show(text);
            pause(export);
        }
    }

    private static void pause(String export) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure("interrupted", "go on with --id " + export);
        }
    }

    private String checkedId(String text) {
        if (!text.matches("[0-9a-f-]{36}")) {
            throw new ParameterException(spec.commandLine(), "not an export's id: " + text);
        }
        return text;
    }
}
