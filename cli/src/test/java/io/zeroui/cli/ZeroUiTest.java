package io.zeroui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ZeroUiTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return ZeroUi.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    static List<String> commands() {
        List<String> paths = new ArrayList<>();
        collect("", ZeroUi.commandLine(), paths);
        return paths;
    }

    private static void collect(String path, CommandLine line, List<String> paths) {
        line.getSubcommands().forEach((name, subcommand) -> {
            if (subcommand.getCommandName().equals(name)) { // and not by an alias
                paths.add((path + " " + name).strip());
                collect(path + " " + name, subcommand, paths);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String path) {
        assertThat(run((path + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: zeroui " + path).contains("--help");
        assertThat(ZeroUi.commandLine().parseArgs((path + " --help").split(" ")).subcommand()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "nope", "reindex", "reindex ide", "reindex moon --drop", "reindex ide --drop --follow",
            "demo --receipts 2", "demo --receipts many", "keys", "keys new", "keys new a/b", "receipts show ../x", "status x",
            "receipts find --limit 0", "receipts find --limit 5 --all", "receipts find --limit many", "receipts tail --limit 501",
            "receipts tail --limit -1", "receipts tail --every soon",
            "receipts export --tenant acme", "receipts export --tenant acme --out /nowhere/x --id ../x",
            "retention", "retention set --tenant acme", "retention set --tenant acme --days many --reason r",
            "retention set --tenant acme --days 30 --for-ever --reason r", "retention set --days 30 --reason r", "retention run",
            "credentials", "credentials list", "credentials list --plane moon", "credentials create --plane ide",
            "tenants", "tenants create", "tenants create Acme", "tenants suspend a/b",
            "edges", "edges enrol laptop", "edges enrol --tenant acme Laptop", "edges remove --tenant acme ../x",
            "vectors", "vectors search", "vectors search x --limit 0", "vectors search x --limit many", "vectors create", "vectors put x",
            "vectors documents", "vectors delete docs", "attestations", "attestations add", "attestations verify x", "attestations trust set x",
            "context", "context export", "context show", "context withdraw",
            "evaluations", "evaluations list", "evaluations list runs", "evaluations import x", "evaluations compare a", "evaluations decide g --run r",
            "providers", "providers grant acme", "providers revoke model", "providers allow open --model acme/*", "providers decide acme/chat",
            "providers list", "providers list model --limit many",
            "policy", "policy list", "policy show --tenant acme gate", "policy reject --tenant acme gate 1",
            "policy kill --tenant acme gate 1 --reason r", "policy kill --tenant acme gate 1 --reason r --lift --until x",
            "policy release --tenant acme gate 1 --percent 0.001", "policy draft --tenant acme gate 1 --scope org",
            "alerts --state firing", "alerts history --limit none", "alerts rules x",
            "credentials revoke --plane ide ../x", "credentials rotate --plane ide --overlap a&b 0123456789abcdef" })
    void wrongUsageIsExitCodeTwoAndSaysWhatIsRight(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: zeroui");
    }

    @Test
    void aKnownFailureIsCauseAndMendWithoutAStackTrace() {
        CommandLine line = new CommandLine(new Failing(new CliFailure("the cause", "the mend")))
                .setExecutionExceptionHandler(new FailureMessages()).setErr(new PrintWriter(err));
        assertThat(line.execute()).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("zeroui: error: the cause\n  the mend\n");
    }

    @Test
    void anUnforeseenFailureKeepsItsStackTrace() {
        CommandLine line = new CommandLine(new Failing(new IllegalStateException("odd")))
                .setExecutionExceptionHandler(new FailureMessages()).setErr(new PrintWriter(err));
        assertThat(line.execute()).isEqualTo(1);
        assertThat(err.toString()).contains("odd").contains("at io.zeroui.cli.ZeroUiTest");
    }

    @CommandLine.Command(name = "failing")
    private static final class Failing implements Runnable {

        private final RuntimeException failure;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void run() {
            throw failure;
        }
    }
}
