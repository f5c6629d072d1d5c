package io.zeroui.contracts.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.events.EventJson;

class ProblemDetailTest {

    @Test
    void theBodyHasTheMembersOfTheRfcAndOfTheEvidenceApi() {
        ProblemDetail problem = ProblemDetail.of(ErrorCode.DUPLICATE_RECEIPT, "another receipt has this id",
                Map.of("reason", "CONFLICTING_DUPLICATE"),
                "/v1/receipts", "req-1", Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(new String(EventJson.write(problem), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"urn:zeroui:problem:duplicate-receipt\","
                        + "\"title\":\"Another receipt has this id\",\"status\":409,\"detail\":\"another receipt has this id\",\"instance\":\"/v1/receipts\","
                        + "\"error\":{\"code\":\"DUPLICATE_RECEIPT\",\"message\":\"another receipt has this id\",\"details\":{\"reason\":\"CONFLICTING_DUPLICATE\"},"
                        + "\"retryable\":false,\"request_id\":\"req-1\",\"timestamp\":\"2026-01-31T12:00:00Z\"}}");
    }

    @Test
    void aMoreExactStatusCanBeGivenAndAnUnknownInstanceIsLeftOut() {
        ProblemDetail problem = ProblemDetail.of(ErrorCode.VALIDATION_ERROR, 413, "too large", Map.of(), null, "r",
                Instant.EPOCH);
        assertThat(problem.status()).isEqualTo(413);
        assertThat(new String(EventJson.write(problem), StandardCharsets.UTF_8)).doesNotContain("instance");
    }

    @Test
    void codesAreStatusesOfErrors() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(code.status()).isBetween(400, 599);
            assertThat(code.type()).matches("urn:zeroui:problem:[a-z-]+");
        }
    }

    @Test
    void aCredentialInTheTextsIsTakenOut() {
        ApiKey key = ApiKey.generate(KeyScope.TENANT);
        ProblemDetail problem = ProblemDetail.of(ErrorCode.RESOURCE_NOT_FOUND, "There is nothing at /" + key.reveal(),
                Map.of("path", key.reveal(), "limit", 3), "/" + key.reveal(), "r", Instant.EPOCH);
        assertThat(problem.toString()).contains("path=" + key).contains("limit=3").doesNotContain(key.reveal());
        assertThat(problem.instance()).isEqualTo("/" + key);
        assertThat(problem.error().message()).isEqualTo("There is nothing at /" + key);
    }
}
