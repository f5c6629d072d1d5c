package io.zeroui.ide.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.ide.policy.PolicyStatus;
import io.zeroui.ide.sync.OutboxState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This edge at a glance.
 *
 * @param plane always {@code ide}
 * @param edge identity of the edge
 * @param tenant whom it is enrolled for; absent in a development enrolment
 * @param region region of the fabric
 * @param epoch identity of the outbox; absent while the database does not answer
 * @param schema state of the database schema, in words
 * @param caughtUp whether everything that lies in the files is indexed
 * @param uniqueness {@code checked}, or {@code deferred} while the index does not answer or catches up
 * @param outbox what waits for the tenant plane; absent while the database does not answer
 * @param inFlight receipts sent and not acknowledged
 * @param appended receipts made durable since the start
 * @param refused lines refused since the start
 * @param index how far the index is
 * @param quarantine what was not accepted
 * @param policy which release of its policies is active
 * @param trouble newest failures by part; empty where all is well
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdeStatus(String plane, String edge, @Nullable String tenant, String region, @Nullable String epoch,
        String schema, boolean caughtUp, String uniqueness, @Nullable OutboxState outbox, long inFlight, long appended, long refused,
        IndexState index, QuarantineState quarantine, PolicyStatus policy, Map<String, String> trouble) {

    /**
     * How far the index is.
     *
     * @param healthy whether the last transaction went well
     * @param queuedLines appended receipts that wait in memory
     * @param lagBytes bytes in receipt files that are not indexed, as of the last look
     * @param watermarks how far each file is indexed
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record IndexState(boolean healthy, long queuedLines, long lagBytes, Map<String, Long> watermarks) {
    }

    /**
     * What was not accepted.
     *
     * @param kept entries in the quarantine files
     * @param dropped entries since the start that were counted only
     * @param byReason entries in the files by reason
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record QuarantineState(long kept, long dropped, Map<String, Long> byReason) {
    }
}
