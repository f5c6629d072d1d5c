package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The body of a request: one JSON value, not deeper than {@value #DEPTH_MOST}, no member twice. */
public final class WireBody {

    /** How deep objects and arrays may be in each other. */
    public static final int DEPTH_MOST = 64;

    private static final int NUMBER_MOST = 400;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MOST).maxNumberLength(NUMBER_MOST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private WireBody() {
    }

    /** The value; 400 where the bytes are not JSON. */
    public static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null || json.isMissingNode()) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, "Format error in JSON body: it is empty");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "Format error in JSON body: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be read", e);
        }
    }
}
