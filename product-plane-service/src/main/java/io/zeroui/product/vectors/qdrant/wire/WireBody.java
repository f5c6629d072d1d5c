package io.zeroui.product.vectors.qdrant.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.vectors.json.BodyReader;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The body of a request: one JSON value, not deeper than {@value #DEPTH_MOST}, no member twice. */
public final class WireBody {

    /** How deep objects and arrays may be in each other. */
    public static final int DEPTH_MOST = 64;

    private static final BodyReader JSON = new BodyReader(DEPTH_MOST, Set.of("vector", "query"));

    private WireBody() {
    }

    /** The value; 400 where the bytes are not JSON. */
    public static JsonNode parse(byte[] body) {
        try {
            JsonNode json = JSON.read(body);
            if (json.isMissingNode()) {
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
