package io.zeroui.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void theSeedsFormIsReadAsItIsWrittenThere() {
        DatabaseUrl url = DatabaseUrl.parse("ZEROUI_IDE_DB_URL",
                "postgresql://zeroui_ide_user:change_me_ide@localhost:5436/zeroui_ide_pg");

        assertThat(url).isEqualTo(
                new DatabaseUrl("localhost", 5436, "zeroui_ide_pg", "zeroui_ide_user", "change_me_ide"));
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://localhost:5436/zeroui_ide_pg");
        assertThat(url.reactiveUrl()).isEqualTo("postgresql://localhost:5436/zeroui_ide_pg");
    }

    @Test
    void specialCharactersInAPasswordArePercentEncoded() {
        assertThat(DatabaseUrl.parse("X", "postgres://u:a%40b%2F%3A+c@h/d").password()).isEqualTo("a@b/:+c");
    }

    @ParameterizedTest
    @ValueSource(strings = { "mysql://u:secret@h/d", "postgresql://h:5432/d", "postgresql://u:secret@h",
            "postgresql://u:secret@h:5432/", "not a url secret", "postgresql://u:se cret@h/d" })
    void aWrongUrlIsRefusedByTheVariablesNameAndWithoutThePassword(String wrong) {
        assertThatThrownBy(() -> DatabaseUrl.parse("ZEROUI_IDE_DB_URL", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ZEROUI_IDE_DB_URL")
                .hasMessageNotContaining("cret");
    }
}
