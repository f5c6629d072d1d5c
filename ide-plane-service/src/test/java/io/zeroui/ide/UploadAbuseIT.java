package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RawUpload;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are too long or too slow, at the edge. */
@QuarkusTest
@Timeout(180)
@TestProfile(UploadAbuseIT.SmallPatience.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class UploadAbuseIT {

    private static final long GIGABYTE = 1L << 30;
    private static final long MEGABYTE = 1L << 20;
    private static final String SINGLE = "/v1/receipts";
    private static final String BULK = "/v1/receipts/bulk";
    private static final String CREDENTIALS = "/v1/credentials";

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("abuse-key");

    /** Five seconds for any body, two for the line of a stream. */
    public static final class SmallPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.http.body.grace", "PT5S", "zeroui.ide.receipts.line-time", "PT2S");
        }
    }

    @AfterEach
    void othersAreServed() {
        assertThat(edge.submit(emitter.decision("repo-abuse")).status()).isIn(201, 202);
    }

    @Test
    void aBodyOfAGigabyteIsCutOffWhetherItSaysHowLongItIsOrNot() throws Exception {
        byte[] block = new byte[64 << 10];
        Arrays.fill(block, (byte) ' ');
        for (boolean chunked : List.of(true, false)) {
            for (String path : List.of(SINGLE, BULK, CREDENTIALS)) {
                try (RawUpload upload = RawUpload.post(EdgeClient.port(), path, headers(path), chunked, GIGABYTE)) {
                    Thread flood = upload.flood(block, GIGABYTE / block.length);
                    String answer = upload.answer();
                    flood.join();
                    assertThat(answer).as(path).contains(path.equals(BULK) ? "\"status\":413" : "HTTP/1.1 413");
                    assertThat(upload.sent()).as(path).isLessThan((path.equals(BULK) ? 320 : 40) * MEGABYTE);
                }
            }
        }
    }

    @Test
    void bodiesThatDoNotGoOnAreEnded() throws Exception {
        List<RawUpload> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 90; i++) {
                String path = List.of(SINGLE, BULK, CREDENTIALS).get(i % 3);
                RawUpload one = RawUpload.post(EdgeClient.port(), path, headers(path), i % 2 == 0, 200_000);
                one.send(BadInput.utf8("{\"receipt_id\":" + " ".repeat(12_000)));
                slow.add(one);
            }
            othersAreServed();
            for (RawUpload one : slow) {
                assertThat(one.answer()).doesNotContain("\"status\":20").doesNotContain("HTTP/1.1 201");
            }
        } finally {
            for (RawUpload one : slow) {
                one.close();
            }
        }
    }

    private static String headers(String path) {
        return "Authorization: " + TestCredentials.authorization() + "\r\nContent-Type: "
                + (path.equals(BULK) ? "application/x-ndjson" : "application/json");
    }
}
