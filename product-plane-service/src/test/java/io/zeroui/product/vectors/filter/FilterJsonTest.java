package io.zeroui.product.vectors.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.runtime.problems.ProblemException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyKindOfConditionIsRead() throws Exception {
        JsonNode payload = JSON.readTree("""
                {"city":["Berlin","Bonn"],"n":5,"at":"2026-01-16T12:00:00+01:00","text":"The Merkle tree","items":[{"x":1,"y":2},{"x":3,"y":4}],
                 "none":null,"empty":[]}""");
        for (String met : new String[] {
                "{\"key\":\"city\",\"match\":{\"value\":\"Bonn\"}}", "{\"key\":\"city\",\"match\":{\"any\":[\"Rom\",\"Berlin\"]}}",
                "{\"key\":\"city\",\"match\":{\"except\":[\"Berlin\"]}}", "{\"key\":\"text\",\"match\":{\"text\":\"tree MERKLE\"}}",
                "{\"key\":\"n\",\"range\":{\"gt\":4,\"lte\":5.0}}", "{\"key\":\"at\",\"range\":{\"gte\":\"2026-01-16T11:00:00Z\"}}",
                "{\"key\":\"city\",\"values_count\":{\"gte\":2}}", "{\"is_empty\":{\"key\":\"empty\"}}", "{\"is_empty\":{\"key\":\"gone\"}}",
                "{\"is_null\":{\"key\":\"none\"}}", "{\"has_id\":[7,\"c0ffee00-0000-4000-8000-000000000000\"]}",
                "{\"nested\":{\"key\":\"items\",\"filter\":{\"must\":[{\"key\":\"x\",\"match\":{\"value\":3}},{\"key\":\"y\",\"match\":{\"value\":4}}]}}}",
                "{\"key\":\"items[].x\",\"match\":{\"value\":1}}"}) {
            assertThat(meets("{\"must\":" + met + "}", payload)).as(met).isTrue();
            assertThat(meets("{\"must_not\":[" + met + "]}", payload)).as("not " + met).isFalse();
        }
        assertThat(meets("{\"nested\":0}".replace("\"nested\":0", "\"must\":{\"nested\":{\"key\":\"items\",\"filter\":{\"must\":["
                + "{\"key\":\"x\",\"match\":{\"value\":3}},{\"key\":\"y\",\"match\":{\"value\":2}}]}}}"), payload)).isFalse();
        assertThat(meets("{\"min_should\":{\"min_count\":2,\"conditions\":[{\"key\":\"n\",\"match\":{\"value\":5}},{\"is_null\":{\"key\":\"n\"}}]}}",
                payload)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "{\"must\":3}", "{\"must\":[3]}", "{\"must\":[{}]}", "{\"what\":[]}", "{\"must\":[{\"key\":\"a\"}]}",
            "{\"must\":[{\"key\":\"a\",\"match\":{\"value\":{}}}]}", "{\"must\":[{\"key\":\"a\",\"match\":{\"value\":1,\"any\":[]}}]}",
            "{\"must\":[{\"key\":\"a\",\"match\":{\"value\":1},\"range\":{}}]}", "{\"must\":[{\"key\":\"a\",\"range\":{\"gt\":true}}]}",
            "{\"must\":[{\"key\":\"a\",\"range\":{\"above\":1}}]}", "{\"must\":[{\"key\":\"\",\"match\":{\"value\":1}}]}",
            "{\"must\":[{\"key\":\"a..b\",\"match\":{\"value\":1}}]}", "{\"must\":[{\"key\":\"a.\",\"match\":{\"value\":1}}]}",
            "{\"must\":[{\"key\":\"a\\\"b\",\"match\":{\"value\":1}}]}", "{\"must\":[{\"has_id\":[-1]}]}", "{\"must\":[{\"has_id\":[1.5]}]}",
            "{\"must\":[{\"has_id\":[\"no uuid\"]}]}", "{\"must\":[{\"key\":\"a\",\"match\":{\"value\":\"\\u0000\"}}]}",
            "{\"must\":[{\"key\":\"a\",\"datetime_range\":{\"gt\":\"yesterday\"}}]}", "{\"min_should\":{\"conditions\":[],\"min_count\":-1}}",
            "{\"must\":[{\"is_empty\":{\"key\":\"a\"},\"has_id\":[1]}]}", "{\"must\":[{\"key\":\"a\",\"range\":{\"gt\":1e999999}}]}"})
    void whatIsNoFilterIsRefusedAsARequest(String json) throws Exception {
        JsonNode filter = new ObjectMapper().enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).readTree(json);
        assertThatThrownBy(() -> FilterJson.read(filter)).isInstanceOfSatisfying(ProblemException.class,
                problem -> assertThat(problem.status()).isEqualTo(400));
    }

    @Test
    void filtersAreBoundedInDepthAndWidth() {
        ObjectNode deep = JsonNodeFactory.instance.objectNode();
        ObjectNode inner = deep;
        for (int i = 0; i < 1_000; i++) {
            inner = inner.putArray("must").addObject();
        }
        inner.putArray("must");
        assertThatThrownBy(() -> FilterJson.read(deep)).hasMessageContaining("deep");
        ObjectNode wide = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i <= FilterJson.CONDITIONS_MOST; i++) {
            wide.withArray("must").addObject().putObject("is_null").put("key", "a");
        }
        assertThatThrownBy(() -> FilterJson.read(wide)).hasMessageContaining("conditions");
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        var ids = many.putArray("must").addObject().putArray("has_id");
        for (int i = 0; i <= FilterJson.VALUES_MOST; i++) {
            ids.add(i);
        }
        assertThatThrownBy(() -> FilterJson.read(many)).hasMessageContaining("values");
    }

    @Test
    void randomFiltersAreRead() {
        RandomFilters filters = new RandomFilters(new Random(7));
        int met = 0;
        for (int i = 0; i < 2_000; i++) {
            met += FilterEvaluator.meets(FilterJson.read(filters.filter(2)), PointId.of(i), filters.payload()) ? 1 : 0;
        }
        assertThat(met).as("neither all nor none").isBetween(200, 1_900);
    }

    private static boolean meets(String filter, JsonNode payload) throws Exception {
        return FilterEvaluator.meets(FilterJson.read(JSON.readTree(filter)), PointId.of(7), payload);
    }
}
