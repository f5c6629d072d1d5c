package io.zeroui.product.vectors.qdrant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.problems.ProblemDetail;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which refusals have Qdrant's form, and that they have it. */
class QdrantErrorFormTest {

    private final QdrantErrorForm form = new QdrantErrorForm();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/collections", "/collections/x/points/query", "/aliases", "/snapshots/x", "/readyz"})
    void pathsOfQdrantHaveItsForm(String path) {
        assertThat(form.covers(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/collections", "/collectionsx", "/q/metrics", "/v1", "", "/metricsx/y"})
    void otherPathsHaveProblemDocuments(String path) {
        assertThat(form.covers(path)).isFalse();
    }

    @Test
    void aRefusalSaysWhatAndNothingElse() {
        ProblemDetail problem = ProblemDetail.of(ErrorCode.RESOURCE_NOT_FOUND, "There is no such collection", Map.of(), "/collections/x", "r", Instant.EPOCH);
        assertThat(new ObjectMapper().valueToTree(form.body(problem)).toString())
                .isEqualTo("{\"status\":{\"error\":\"Not found: There is no such collection\"}}");
    }
}
