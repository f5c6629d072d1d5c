package io.zeroui.cli.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The end of a ledger and what is added to it, in the ledger's order: none is missed and none comes twice, because nothing is
 * indexed later below a place where the index has been.
 */
final class LedgerTail {

    private static final String PATH = "receipts/ledger-query";
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    private final ServiceClient client;
    private final ReceiptQuery query;
    private long place;
    private boolean behind;

    LedgerTail(ServiceClient client, ReceiptQuery query) {
        this.client = client;
        this.query = query;
    }

    /**
     * The last receipts that are meant, at most {@code limit}: looked for backward, stretch by stretch.
     *
     * @throws CliFailure when the service does not answer or refuses the question
     */
    List<JsonNode> end(int limit) {
        Deque<JsonNode> found = new ArrayDeque<>();
        ObjectNode body = query.body().put("limit", Math.max(1, limit));
        JsonNode answer = ReceiptQuery.require(query.ask(client, PATH, body));
        place = answer.path("last").asLong();
        while (true) {
            List<JsonNode> items = list(answer);
            for (int i = items.size() - 1; i >= 0 && found.size() < limit; i--) {
                found.addFirst(items.get(i));
            }
            long begin = answer.path("after").asLong();
            if (found.size() >= limit || begin == 0) {
                return List.copyOf(found);
            }
            answer = ReceiptQuery.require(query.ask(client, PATH, body.put("before", begin + 1)));
        }
    }

    /**
     * What follows in the ledger; nothing where nothing does, and while the service is away or asks for patience.
     *
     * @throws CliFailure when the service refuses the question
     */
    List<JsonNode> next() {
        behind = false;
        Answer answer;
        try {
            answer = query.ask(client, PATH, query.body().put("after", place).put("limit", ReceiptQuery.PAGE));
        } catch (CliFailure away) {
            if (Thread.currentThread().isInterrupted()) {
                throw away;
            }
            return List.of();
        }
        if (answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY) {
            return List.of();
        }
        JsonNode stretch = ReceiptQuery.require(answer);
        // an index that is being built again is behind for a while
        place = Math.max(place, stretch.path("to").asLong());
        behind = place < stretch.path("last").asLong();
        return list(stretch);
    }

    /** Whether there is more now. */
    boolean isBehind() {
        return behind;
    }

    private static List<JsonNode> list(JsonNode answer) {
        List<JsonNode> items = new ArrayList<>();
        answer.path("items").forEach(items::add);
        return items;
    }
}
