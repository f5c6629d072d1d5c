package io.zeroui.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Progress;
import io.zeroui.cli.output.Table;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.verify.LedgerCheck.Verdict;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks ledgers from their files. Exit codes: 0 nothing wrong, 1 something is, 2 wrong usage. */
@Command(name = "verify", header = "Check the evidence ledgers from their files alone.", description = {
        "Reads ZU_ROOT/tenant and nothing else: no database, no service. Checks that every stored line is the one that was"
                + " acknowledged and bears a signature that the tenant trusts, that the journal has no gap, that what is missing was erased by"
                        + " a tombstone, that the Merkle log"
                + " is the journal's, and that its checkpoint is signed.",
        "What files alone cannot show is that all of them were set back together: give a checkpoint that you kept"
                + " (--since), and the ledger must go on from it; or the key of a witness (--witness), and the ledger must go on"
                + " from what it has cosigned."})
public final class VerifyCommand implements Callable<Integer> {

    @Option(names = "--tenant", paramLabel = "T", description = "only this tenant's ledger; all if not given")
    private @Nullable String tenant;

    @Option(names = "--region", paramLabel = "R", defaultValue = "${env:ZEROUI_REGION:-local}", description = "region of the ledgers; ${DEFAULT-VALUE} if not given")
    private String region = "local";

    @Option(names = "--zu-root", paramLabel = "DIR", description = "the fabric; that of the running system if not given")
    private @Nullable Path zuRoot;

    @Option(names = "--origin", paramLabel = "NAME", defaultValue = "${env:ZEROUI_EVIDENCE_LOG_ORIGIN:-" + LogOrigin.DEFAULT_PREFIX + "}", description = "what the logs' names begin with; ${DEFAULT-VALUE} if not given")
    private String origin = LogOrigin.DEFAULT_PREFIX;

    @Option(names = "--vkey", paramLabel = "KEY", description = "the log's verifier key, as GET /v1/evidence/logs/T/vkey gives it; the running system's own if not given")
    private @Nullable String vkey;

    @Option(names = "--without-key", description = "do not check the checkpoints' signatures: anybody can have made them")
    private boolean withoutKey;

    @Option(names = "--since", paramLabel = "FILE", description = "a checkpoint of this tenant's log that was kept: the log must go on from it")
    private @Nullable Path since;

    @Option(names = "--witness", paramLabel = "KEY", description = "a witness that must have cosigned every log, by its verifier key, as GET /v1/witness/vkey of the product plane gives it; may be given more than once")
    private List<String> witnesses = new ArrayList<>();

    @Option(names = "--json", description = "the verdicts as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    VerifyCommand() {
    }

    @Override
    public Integer call() throws IOException {
        RunningSystem system = RunningSystem.fromEnvironment();
        ZuRoot root = zuRoot == null ? system.zuRoot() : new ZuRoot(zuRoot.toAbsolutePath().normalize());
        Region where = region();
        if ((vkey != null || since != null) && tenant == null) {
            throw new ParameterException(spec.commandLine(), "--vkey and --since are of one log: say whose with --tenant");
        }
        List<VerifierKey> trusted = witnesses.stream().map(this::witness).distinct().toList();
        LedgerCheck check = new LedgerCheck(root, where, origin);
        List<TenantId> tenants = tenants(root, where);
        List<Verdict> verdicts = new ArrayList<>();
        Progress progress = Progress.on(spec.commandLine().getErr());
        for (TenantId one : tenants) {
            VerifierKey key = withoutKey ? null : key(system, check.origin(one));
            verdicts.add(check.check(one, key, earlier(key), trusted,
                    lines -> progress.show("%s: %,d lines checked".formatted(one, lines))));
        }
        if (json) {
            printJson(verdicts);
        } else {
            print(verdicts);
        }
        return verdicts.stream().allMatch(Verdict::isGood) ? 0 : 1;
    }

    private Region region() {
        try {
            return Region.of(region);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private List<TenantId> tenants(ZuRoot root, Region where) throws IOException {
        if (tenant != null) {
            TenantId one = parseTenant(tenant);
            if (!Files.isDirectory(root.evidenceFolder(one, where))) {
                throw new CliFailure("there is no ledger of " + one + " in region " + where + " below " + root.path(),
                        "look which there are: ls " + root.tenantsFolder());
            }
            return List.of(one);
        }
        if (!Files.isDirectory(root.tenantsFolder())) {
            throw new CliFailure("there are no ledgers below " + root.path(), "give the fabric with --zu-root");
        }
        try (Stream<Path> folders = Files.list(root.tenantsFolder())) {
            List<TenantId> found = folders.map(folder -> folder.getFileName().toString()).sorted()
                    .flatMap(VerifyCommand::tenantNamed)
                    .filter(one -> Files.isDirectory(root.evidenceFolder(one, where)))
                    .toList();
            if (found.isEmpty()) {
                throw new CliFailure("there are no ledgers in region " + where + " below " + root.path(),
                        "give the region with --region");
            }
            return found;
        }
    }

    /** Other folders than those of tenants are none of the ledger's business. */
    private static Stream<TenantId> tenantNamed(String folder) {
        try {
            return Stream.of(TenantId.of(folder));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private TenantId parseTenant(String text) {
        try {
            return TenantId.of(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private VerifierKey key(RunningSystem system, String log) {
        if (vkey == null) {
            return system.evidenceLogKey().map(own -> new VerifierKey(log, VerifierKey.ED25519, own.publicKey()))
                    .orElseThrow(() -> new CliFailure("the key of the log " + log + " is not known here",
                            "give it with --tenant and --vkey, or do without it: --without-key"));
        }
        try {
            return VerifierKey.parse(vkey.strip());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--vkey: " + e.getMessage());
        }
    }

    private VerifierKey witness(String text) {
        try {
            VerifierKey key = VerifierKey.parse(text.strip());
            if (key.type() != VerifierKey.COSIGNATURE_V1) {
                throw new IllegalArgumentException("it is the key of a log, not of a witness");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--witness: " + e.getMessage());
        }
    }

    private @Nullable Checkpoint earlier(@Nullable VerifierKey key) throws IOException {
        if (since == null) {
            return null;
        }
        try {
            SignedNote note = SignedNote.parse(BoundedFile.read(since, SignedNote.MAX_BYTES));
            if (key != null) {
                var unused = note.verify(List.of(key));
            }
            return Checkpoint.parse(note.text());
        } catch (NoSuchFileException e) {
            throw new CliFailure("there is no file " + since, "give a checkpoint that was kept");
        } catch (IllegalArgumentException | NotVerified e) {
            throw new CliFailure(since + " is no checkpoint of this log: " + e.getMessage(), "give one that was kept");
        }
    }

    private void print(List<Verdict> verdicts) {
        PrintWriter out = spec.commandLine().getOut();
        Table table = Table.of("TENANT", "LINES", "IN THE LOG", "ERASED", "VERDICT");
        for (Verdict verdict : verdicts) {
            table.row(verdict.tenant().value(), "%,d".formatted(verdict.lines()), "%,d".formatted(verdict.logged()),
                    "%,d".formatted(verdict.erased()), verdict.isGood() ? "good" : verdict.findings() + " wrong");
        }
        out.print(table.render());
        for (Verdict verdict : verdicts) {
            for (Finding finding : verdict.first()) {
                out.println(String.format(Locale.ROOT, "%s: %s at %d: %s (%s)", verdict.tenant(), finding.file(),
                        finding.offset(), finding.text(), finding.kind().key()));
            }
            if (verdict.findings() > verdict.first().size()) {
                out.println(verdict.tenant() + ": and " + (verdict.findings() - verdict.first().size()) + " more");
            }
        }
        for (Verdict verdict : verdicts) {
            if (verdict.start().sequence() > 0) {
                out.println(String.format(Locale.ROOT, "%s: its first %,d lines, of before %s, are dropped; line %,d says so",
                        verdict.tenant(), verdict.start().sequence(), verdict.start().firstDay(), verdict.start().act()));
            }
            verdict.witnessed().forEach((witness, size) -> out.println(String.format(Locale.ROOT,
                    "%s: cosigned up to line %,d by %s", verdict.tenant(), size, witness.name())));
            verdict.unchecked().forEach(name -> out.println(verdict.tenant() + ": the cosignature of " + name
                    + " was not checked; give its key with --witness"));
        }
        if (withoutKey) {
            out.println("The checkpoints' signatures were not checked.");
        }
        out.flush();
    }

    private void printJson(List<Verdict> verdicts) {
        ObjectNode answer = Json.object();
        answer.put("good", verdicts.stream().allMatch(Verdict::isGood));
        answer.put("signatures_of_checkpoints_checked", !withoutKey);
        ArrayNode ledgers = answer.putArray("ledgers");
        for (Verdict verdict : verdicts) {
            ObjectNode ledger = ledgers.addObject().put("tenant", verdict.tenant().value()).put("lines", verdict.lines())
                    .put("dropped", verdict.start().sequence())
                    .put("logged", verdict.logged()).put("erased", verdict.erased()).put("findings", verdict.findings());
            ObjectNode witnessed = ledger.putObject("witnessed");
            verdict.witnessed().forEach((witness, size) -> witnessed.put(witness.format(), size));
            ArrayNode unchecked = ledger.putArray("witnesses_not_checked");
            verdict.unchecked().forEach(unchecked::add);
            ArrayNode first = ledger.putArray("first");
            verdict.first().forEach(finding -> first.addObject().put("kind", finding.kind().key())
                    .put("file", finding.file()).put("offset", finding.offset()).put("text", finding.text()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(Json.write(answer));
        out.flush();
    }
}
