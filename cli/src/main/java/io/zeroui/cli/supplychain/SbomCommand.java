package io.zeroui.cli.supplychain;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Bills of materials. */
@Command(name = "sbom", header = "Keep bills of materials, ask where components are and what changed between releases.", description = "Asks the shared plane. SBOM is "
        + "the digest of a document, or PROJECT or PROJECT@RELEASE for the newest one of it.", subcommands = VexCommand.class)
public final class SbomCommand implements Runnable {

    private static final String SBOMS = "/v1/sboms";
    private static final String ANY = "application/octet-stream";

    private final @Nullable RunningSystem given;

    @Spec
    private CommandSpec spec;

    SbomCommand() {
        this(null);
    }

    SbomCommand(@Nullable RunningSystem system) {
        this.given = system;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "sbom wants one of: add, job, list, show, components, export, where, paths, diff, vex");
    }

    @Command(name = "add", header = "Add a document: CycloneDX 1.4 to 1.7 or SPDX 2.2, 2.3 or 3.0.")
    int add(@Parameters(paramLabel = "FILE", description = "the document") Path file,
            @Option(names = "--project", paramLabel = "NAME", description = "what it is about; as the document says if not given") @Nullable String project,
            @Option(names = "--release", paramLabel = "NAME", description = "which version of that; as the document says if not given") @Nullable String release,
            @Option(names = "--json", description = "as JSON") boolean json) {
        String query = "?" + SupplyService.parameter("project", project) + SupplyService.parameter("release", release);
        return print(service().send(SBOMS + query, file, ANY), json, SbomTables::added);
    }

    @Command(name = "job", header = "Show how far a document is taken in.")
    int job(@Parameters(paramLabel = "JOB", description = "as add says") String job, @Option(names = "--json", description = "as JSON") boolean json) {
        return print(service().get(SBOMS + "/jobs/" + SupplyService.text(job)), json, SbomTables::added);
    }

    @Command(name = "list", header = "List documents, the newest first.")
    int list(@Mixin PageOptions page, @Option(names = "--project", paramLabel = "NAME", description = "only of this project") @Nullable String project) {
        return print(service().get(SBOMS + page.query() + SupplyService.parameter("project", project)), page.json, SbomTables::sboms);
    }

    @Command(name = "show", header = "Show what is known of a document.")
    int show(@Parameters(paramLabel = "SBOM", description = "digest, project or project@release") String sbom,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(find(sbom), json, SbomTables::sbom);
    }

    @Command(name = "components", header = "List the components of a document.")
    int components(@Parameters(paramLabel = "SBOM", description = "digest, project or project@release") String sbom, @Mixin PageOptions page) {
        return print(service().get(path(sbom) + "/components" + page.query()), page.json, SbomTables::components);
    }

    @Command(name = "export", header = "Write a document to a file, byte for byte as it came.")
    int export(@Parameters(paramLabel = "SBOM", description = "digest, project or project@release") String sbom,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "where") Path out) {
        String digest = find(sbom).path("digest").asText();
        service().download(SBOMS + "/" + digest + "/document", out, digest);
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(out + " has " + digest);
        writer.flush();
        return 0;
    }

    @Command(name = "where", header = "Ask where a component is.", description = "Say by one option what is looked for.")
    int where(@Option(names = "--purl", paramLabel = "PURL", description = "package URL; without a version all versions") @Nullable String purl,
            @Option(names = "--from", paramLabel = "VERSION", description = "with --purl: versions from this one on") @Nullable String from,
            @Option(names = "--before", paramLabel = "VERSION", description = "with --purl: versions before this one") @Nullable String before,
            @Option(names = "--purl-prefix", paramLabel = "TEXT", description = "beginning of a package URL") @Nullable String prefix,
            @Option(names = "--name", paramLabel = "TEXT", description = "beginning of a name") @Nullable String name,
            @Option(names = "--licence", paramLabel = "TEXT", description = "SPDX identifier, expression or name") @Nullable String licence,
            @Option(names = "--hash", paramLabel = "ALGORITHM:HEX", description = "for example sha-256:00…") @Nullable String hash,
            @Option(names = "--count", description = "also how many places there are, up to 1,000") boolean count, @Mixin PageOptions page) {
        String query = page.query() + SupplyService.parameter("purl", purl) + SupplyService.parameter("from", from) + SupplyService.parameter("before", before)
                + SupplyService.parameter("purl_prefix", prefix) + SupplyService.parameter("name", name) + SupplyService.parameter("licence", licence)
                + SupplyService.parameter("hash", hash) + (count ? "&count=true" : "");
        return print(service().get("/v1/components/where" + query), page.json, SbomTables::places);
    }

    @Command(name = "paths", header = "Show the ways from the root of a document to one of its components.")
    int paths(@Parameters(paramLabel = "SBOM", description = "digest, project or project@release") String sbom,
            @Parameters(paramLabel = "COMPONENT", description = "reference or package URL") String component,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "10", description = "how many, 1 to 100; ${DEFAULT-VALUE} if not given") int limit,
            @Option(names = "--json", description = "as JSON") boolean json) {
        return print(service().get(path(sbom) + "/paths?limit=" + limit + SupplyService.parameter("ref", component)), json, SbomTables::ways);
    }

    @Command(name = "diff", header = "Show what changed between two documents.")
    int diff(@Parameters(paramLabel = "BEFORE", description = "digest, project or project@release") String before,
            @Parameters(paramLabel = "AFTER", description = "the same of the newer one") String after, @Mixin PageOptions page,
            @Option(names = "--change", paramLabel = "KIND", description = "only added, removed, version_changed, licence_changed or changed") @Nullable String change) {
        String query = page.query() + SupplyService.parameter("before", before) + SupplyService.parameter("after", after) + SupplyService.parameter("change", change);
        return print(service().get(SBOMS + "/diff" + query), page.json, SbomTables::changes);
    }

    private JsonNode find(String sbom) {
        return service().get(sbom.matches("(sha256:)?[0-9a-f]{64}") ? SBOMS + "/" + sbom : SBOMS + "/newest?of=" + SupplyService.text(sbom));
    }

    private String path(String sbom) {
        return SBOMS + "/" + find(sbom).path("digest").asText();
    }

    /** The shared plane's service. */
    SupplyService service() {
        RunningSystem system = given;
        return new SupplyService(system == null ? RunningSystem.fromEnvironment() : system);
    }

    private int print(JsonNode answer, boolean json, Function<JsonNode, String> text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.write(answer) : text.apply(answer).stripTrailing());
        out.flush();
        return 0;
    }
}
