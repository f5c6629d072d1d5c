package io.zeroui.product.vectors.text.reembedding;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.product.vectors.model.PointId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A re-embedding as it stands.
 *
 * @param alias that means the target at the end
 * @param source collection that is read
 * @param target collection that is written
 * @param provider what makes the vectors
 * @param state {@code running}, {@code done} or {@code failed}
 * @param pass which reading of the source, from 1; later ones bring what was written meanwhile
 * @param passBegan when that began
 * @param nextPoint where the pass goes on; null at its beginning
 * @param seen points that the pass has looked at
 * @param changed points that the pass has written or deleted
 * @param embedded texts that were embedded, over all passes
 * @param skipped points without a text that the pass has seen
 * @param points of the source at the beginning, about
 * @param failures how often in a row it could not go on
 * @param failure why, the last time
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reembedding(UUID jobId, String alias, String source, String target, String provider, String state, int pass,
        Instant passBegan, @JsonIgnore @Nullable PointId nextPoint, long seen, long changed, long embedded, long skipped, long points, int failures,
        @Nullable String failure, Instant createdAt, Instant updatedAt) {

    /** It goes on. */
    static final String RUNNING = "running";
    /** It ended well. */
    static final String DONE = "done";
    /** It ended otherwise. */
    static final String FAILED = "failed";

    /** What a step made of it. */
    Reembedding after(@Nullable PointId next, long looked, long written, long made, long without) {
        return new Reembedding(jobId, alias, source, target, provider, state, pass, passBegan, next, seen + looked, changed + written, embedded + made,
                skipped + without, points, 0, null, createdAt, updatedAt);
    }

    /** The next pass. */
    Reembedding again() {
        return new Reembedding(jobId, alias, source, target, provider, state, pass + 1, passBegan, null, 0, 0, embedded, 0, points, 0, null, createdAt,
                updatedAt);
    }

    /** Its end. */
    Reembedding ended() {
        return new Reembedding(jobId, alias, source, target, provider, DONE, pass, passBegan, null, seen, changed, embedded, skipped, points, 0, null,
                createdAt, updatedAt);
    }

    /** It could not go on. */
    Reembedding failed(String why, boolean forGood) {
        return new Reembedding(jobId, alias, source, target, provider, forGood ? FAILED : state, pass, passBegan, nextPoint, seen, changed, embedded,
                skipped, points, failures + 1, why, createdAt, updatedAt);
    }
}
