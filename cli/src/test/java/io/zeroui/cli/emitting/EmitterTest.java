package io.zeroui.cli.emitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.SpkiPem;

class EmitterTest {

    @TempDir
    Path temporary;
    private RunningSystem system;

    @BeforeEach
    void folders() throws IOException {
        Path state = Files.createDirectories(temporary.resolve("state"));
        system = RunningSystem.of(
                Map.of("ZEROUI_STATE", state.toString(), "ZU_ROOT", temporary.resolve("zu").toString()));
    }

    @Test
    void everySampleReceiptIsOneThatTheEdgeAccepts() {
        TrustedKey key = TrustedKey.forOnce(system, "demo");
        Emitter emitter = new Emitter(key.kid(), key.privateKey(), "zeroui-demo");
        for (int i = 0; i < 21; i++) {
            Emitter.Signed receipt = emitter.receipt(i);
            assertThat(inspect(receipt, key)).isInstanceOf(Inspection.Accepted.class);
        }
        Emitter.Signed probe = emitter.receipt("selfcheck", DecisionStatus.PASS, Json.object().put("tenant_id", "a"));
        assertThat(inspect(probe, key)).isInstanceOf(Inspection.Accepted.class);
    }

    private static Inspection inspect(Emitter.Signed receipt, TrustedKey key) {
        return ReceiptInspector.withDefaults().inspect(receipt.line(),
                kid -> kid.equals(key.kid()) ? key.privateKey().publicKey() : null, Instant.now());
    }

    @Test
    void theKeyOfAStateFolderIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
        TrustedKey first = TrustedKey.ofState(system, "zeroui-selfcheck");
        TrustedKey again = TrustedKey.ofState(system, "zeroui-selfcheck");
        assertThat(again.kid()).isEqualTo(first.kid()).isEqualTo(Kid.of("zeroui-selfcheck"));
        assertThat(again.privateKey().publicKey()).isEqualTo(first.privateKey().publicKey());
        Path file = system.keyFolder().resolve("zeroui-selfcheck.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(SpkiPem.read(Files.readString(system.zuRoot().ideTrust(first.kid()))))
                .isEqualTo(first.privateKey().publicKey());
    }

    @Test
    void noPrivateKeyIsBelowTheFabric() throws IOException {
        TrustedKey unused = TrustedKey.ofState(system, "zeroui-selfcheck");
        try (var files = Files.walk(system.zuRoot().path())) {
            assertThat(files.filter(Files::isRegularFile)).allSatisfy(
                    file -> assertThat(Files.readString(file)).contains("PUBLIC KEY").doesNotContain("PRIVATE"));
        }
        assertThat(unused.kid().value()).isEqualTo("zeroui-selfcheck");
    }

    @Test
    void aNewStateFolderOnAnOldFabricGetsAnotherKeyIdInsteadOfReplacingTheOldKey() throws IOException {
        Path trusted = system.zuRoot().ideTrust(Kid.of("zeroui-selfcheck"));
        KeyFiles.register(trusted, Ed25519.newKeyPair().publicKey());
        String before = Files.readString(trusted);
        assertThat(TrustedKey.ofState(system, "zeroui-selfcheck").kid().value()).startsWith("zeroui-selfcheck-");
        assertThat(Files.readString(trusted)).isEqualTo(before);
    }

    @Test
    void anotherKeyIsNeverRegisteredUnderAnIdThatIsTaken() {
        Path trusted = system.zuRoot().ideTrust(Kid.of("k"));
        KeyFiles.register(trusted, Ed25519.newKeyPair().publicKey());
        assertThatThrownBy(() -> KeyFiles.register(trusted, Ed25519.newKeyPair().publicKey()))
                .isInstanceOf(CliFailure.class).hasMessageContaining("another key");
    }
}
