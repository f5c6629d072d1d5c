package io.zeroui.contracts.policy.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A delta gives exactly the document that it was made for, or is refused. */
class JsonDeltaTest {

    private static final byte[] BASE = "{\"a\":{\"b\":1},\"list\":[1,2]}".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsAppliedGivesTheOtherDocumentByteForByte() {
        Random random = new Random(7);
        int deltas = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] from = CanonicalJson.of(document(random, 4));
            ObjectNode next = document(random, 4);
            next.put("long", "a text that stands in both and is long enough to make a delta worth it");
            byte[] to = CanonicalJson.of(next);
            String delta = JsonDelta.of(from, to).orElse(null);
            if (delta != null) {
                assertThat(JsonDelta.apply(from, delta)).isEqualTo(to);
                deltas++;
            }
        }
        assertThat(deltas).as("documents for which a delta is shorter").isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = { "[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/c\"}]", "[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/c\"}]",
            "[{\"op\":\"increase\",\"path\":\"/a\"}]", "[{\"path\":\"/a\"}]", "{}", "[", "", "7", "[7]",
            "[{\"op\":\"remove\",\"path\":\"/none\"}]", "[{\"op\":\"test\",\"path\":\"/a\",\"value\":7}]",
            "[{\"op\":\"add\",\"path\":\"/list/9\",\"value\":7}]", "[{\"op\":\"replace\",\"path\":\"a\",\"value\":7}]" })
    void whatDoesNotFitIsRefused(String delta) {
        assertThatThrownBy(() -> JsonDelta.apply(BASE, delta)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tooManyOperationsAreRefused() {
        String one = "{\"op\":\"add\",\"path\":\"/list/-\",\"value\":1},";
        assertThatThrownBy(() -> JsonDelta.apply(BASE, "[" + one.repeat(2_000) + one.substring(0, one.length() - 1) + "]"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDocumentThatIsNotCanonicalTravelsWhole() {
        assertThat(JsonDelta.of(BASE, "{ \"a\": 1 }".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(JsonDelta.of(BASE, new byte[JsonDelta.MAX_DOCUMENT + 1])).isEmpty();
    }

    private static ObjectNode document(Random random, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("long", "a text that stands in both and is long enough to make a delta worth it");
        for (int i = 0; i < 4; i++) {
            String name = "m" + random.nextInt(5);
            switch (random.nextInt(4)) {
                case 0 -> object.put(name, random.nextInt(100));
                case 1 -> object.put(name, "text/~" + random.nextInt(5));
                case 2 -> object.putArray(name).add(random.nextInt(3)).add("x").add(random.nextInt(3));
                default -> {
                    if (depth > 0) {
                        object.set(name, document(random, depth - 1));
                    }
                }
            }
        }
        return object;
    }
}
