package io.zeroui.contracts.policy.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A share of the edges on the way to more, in acts {@code {"percent":5,"bake":"PT30M"}}.
 *
 * @param basisPoints the share in hundredths of a percent, 1 to 10,000
 * @param bake how long the version stays there at least before the next step; null for the last one
 */
public record RolloutStep(int basisPoints, @Nullable Duration bake) {

    private static final int HUNDREDTHS = 100;

    /** As acts have it. */
    public ObjectNode write() {
        ObjectNode step = JsonNodeFactory.instance.objectNode();
        if (basisPoints % HUNDREDTHS == 0) {
            step.put("percent", basisPoints / HUNDREDTHS);
        } else {
            step.put("percent", basisPoints / (double) HUNDREDTHS);
        }
        Duration time = bake;
        return time == null ? step : step.put("bake", time.toString());
    }
}
