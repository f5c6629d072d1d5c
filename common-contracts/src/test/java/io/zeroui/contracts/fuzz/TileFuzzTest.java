package io.zeroui.contracts.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zeroui.contracts.transparency.EntryBundle;
import io.zeroui.contracts.transparency.TilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

class TileFuzzTest {

    private static final int WIDEST = 256;

    /** The first byte is the width, the others are the bundle, and they are a path too. */
    @FuzzTest(maxDuration = "1m")
    void bundlesAndPathsAreReadAsTheyAreWritten(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        bundle(rest, 1 + (bytes[0] & 0xff));
        path(new String(rest, StandardCharsets.UTF_8));
    }

    private static void bundle(byte[] bundle, int width) {
        try {
            List<byte[]> entries = EntryBundle.decode(bundle, width);
            assertThat(entries).hasSize(width);
            byte[] written = EntryBundle.encode(entries);
            assertThat(bundle).as("a full bundle stands in for a partial one").startsWith(written);
            assertThat(written.length == bundle.length || EntryBundle.decode(bundle, WIDEST).size() == WIDEST).isTrue();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static void path(String text) {
        try {
            TilePath path = TilePath.parse(text);
            assertThat(path.path()).isEqualTo(text);
            assertThat(text).doesNotContain("..").doesNotStartWith("/");
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
