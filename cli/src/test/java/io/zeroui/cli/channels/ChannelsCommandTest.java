package io.zeroui.cli.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.zeroui.testing.Checkout;
import picocli.CommandLine;

/** With {@code -Dzeroui.write=true} the files in the tree are written instead of compared. */
class ChannelsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({ "--docs, docs/channels.md", "--acl, deploy/redis/users.acl" })
    void theFileInTheTreeIsWhatTheCatalogueSays(String option, String file) throws IOException {
        assertThat(run(option)).isZero();
        Path path = Checkout.root().resolve(file);
        if (Boolean.getBoolean("zeroui.write")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, out.toString());
        }

        assertThat(Files.readString(path)).as("%s; write it anew with: ./zeroui channels %s >%s", file, option, file)
                .isEqualTo(out.toString());
    }

    @Test
    void anEdgesLineHasItsNameAndItsTenantAndImpossibleOnesAreRefused() {
        assertThat(run("--edge", "edge-7", "--tenant", "acme")).isZero();
        assertThat(out.toString()).startsWith("user zeroui-ide-edge-7 on #{password-hash:edge} ")
                .contains("zeroui:ide-receipts:acme ", "zeroui:tenant-receipt-acks:acme:edge-7");
        assertThat(run("--edge", "*", "--tenant", "acme")).isEqualTo(2);
        assertThat(run("--edge", "edge-7", "--tenant", "*")).isEqualTo(2);
        assertThat(err.toString()).contains("edge id must be kebab-case", "tenant id must be kebab-case");
    }

    @Test
    void nothingAndTwoThingsAtOnceAreWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--docs", "--acl")).isEqualTo(2);
        assertThat(run("--edge", "edge-7")).isEqualTo(2);
        assertThat(run("--docs", "--edge", "edge-7", "--tenant", "acme")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return new CommandLine(new ChannelsCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
