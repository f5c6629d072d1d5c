package io.zeroui.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.Plane;

class RunningSystemTest {

    @TempDir
    Path state;

    @Test
    void theEnvironmentWinsOverTheFileOfTheStateFolder() throws IOException {
        Files.writeString(state.resolve("runtime.env"), """
                ZEROUI_IDE_URL=http://127.0.0.1:1
                ZEROUI_TENANT_URL=http://127.0.0.1:2
                ZU_ROOT=/from/file
                """);
        RunningSystem system = RunningSystem.of(
                Map.of("ZEROUI_STATE", state.toString(), "ZEROUI_TENANT_URL", "http://tenant:3/"));
        assertThat(system.serviceUrl(Plane.IDE)).hasToString("http://127.0.0.1:1");
        assertThat(system.serviceUrl(Plane.TENANT)).hasToString("http://tenant:3");
        assertThat(system.zuRootFolder()).contains(Path.of("/from/file"));
        assertThat(system.keyFolder()).isEqualTo(state.resolve("keys"));
    }

    @Test
    void withoutAUrlAServiceIsAtItsPortOnThisMachine() {
        RunningSystem system = RunningSystem.of(Map.of("ZEROUI_IDE_HTTP_PORT", "9999"));
        assertThat(system.serviceUrl(Plane.IDE)).hasToString("http://127.0.0.1:9999");
        assertThat(system.serviceUrl(Plane.SHARED)).hasToString("http://127.0.0.1:8085");
    }

    @Test
    void whatNothingSaysIsEmptyAndAFabricThatIsNeededIsAFailureWithAMend() {
        RunningSystem system = RunningSystem.of(Map.of("ZU_ROOT", ""));
        assertThat(system.database(Plane.IDE)).isEmpty();
        assertThat(system.redis()).isEmpty();
        assertThatThrownBy(system::zuRoot).isInstanceOf(CliFailure.class).hasMessageContaining("ZU_ROOT");
    }

    @Test
    void aDatabaseUrlOfTheSeedIsRead() {
        DatabaseAddress address = DatabaseAddress.parse("V",
                "postgresql://zeroui_ide_user:p%40ss+word@localhost:5436/zeroui_ide_pg");
        assertThat(address).isEqualTo(
                new DatabaseAddress("localhost", 5436, "zeroui_ide_pg", "zeroui_ide_user", "p@ss+word"));
        assertThat(address).hasToString("postgresql://localhost:5436/zeroui_ide_pg");
        assertThat(DatabaseAddress.parse("V", "postgres://u@h/d").port()).isEqualTo(5432);
    }

    @Test
    void aMalformedDatabaseUrlNamesTheVariableAndNeverThePassword() {
        for (String url : new String[] { "jdbc:postgresql://u:secret@h/d", "postgresql://u:secret@h", "postgresql://h/d",
                "mysql://u:secret@h/d", "postgresql://u:secret@ h/d" }) {
            assertThatThrownBy(() -> DatabaseAddress.parse("ZEROUI_IDE_DB_URL", url)).isInstanceOf(CliFailure.class)
                    .hasMessageContaining("ZEROUI_IDE_DB_URL").message().doesNotContain("secret");
        }
    }

    @Test
    void aDatabaseWithAMalformedUrlIsDownAndNotAFailure() {
        DatabaseProbe.Answer answer = DatabaseProbe.ask(RunningSystem.of(Map.of("ZEROUI_IDE_DB_URL", "x")), Plane.IDE);
        assertThat(answer.isUp()).isFalse();
        assertThat(answer.cause()).contains("ZEROUI_IDE_DB_URL");
    }
}
