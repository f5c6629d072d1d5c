package io.zeroui.tenant.evidence.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zeroui.runtime.problems.ProblemException;
import java.nio.charset.StandardCharsets;

/** Whatever is sent as a courier's batch, it is understood or refused with 400; with {@code JAZZER_FUZZ=1} it is made up. */
class CourierBatchFuzzTest {

    private static final int MOST = 100;

    @FuzzTest(maxDuration = "1m")
    void bytesAreABatchOrRefused(byte[] bytes) {
        CourierBody body;
        try {
            body = CourierBody.parse(bytes, MOST);
        } catch (ProblemException e) {
            assertThat(e.status()).isEqualTo(400);
            return;
        }
        assertThat(body.lines()).hasSizeBetween(1, MOST).hasSameSizeAs(body.claims().sequences());
        String sent = new String(bytes, StandardCharsets.UTF_8);
        body.lines().forEach(line -> assertThat(line.length).isLessThanOrEqualTo(bytes.length));
        body.lines().stream().filter(line -> line.length > 0 && line[0] == '{' && !sent.contains("\\"))
                .forEach(line -> assertThat(sent).contains(new String(line, StandardCharsets.UTF_8)));
    }
}
