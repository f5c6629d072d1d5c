package io.zeroui.product.vectors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Vectors become floats at once; everything else stays exactly what was written. */
class BodyReaderTest {

    private static final BodyReader READER = new BodyReader(20, Set.of("vector", "query"));

    @Test
    void vectorsOfTheBodyAndOfItsListsAreFloats() throws IOException {
        JsonNode body = read("{\"vector\":[1,-2.5,1e-3],\"query\":[7],\"points\":[{\"id\":1,\"vector\":[0.1]},{\"vector\":[]}],"
                + "\"searches\":[{\"query\":[3,4]}]}");
        assertThat(vector(body.path("vector"))).containsExactly(1f, -2.5f, 1e-3f);
        assertThat(vector(body.path("query"))).containsExactly(7f);
        assertThat(vector(body.at("/points/0/vector"))).containsExactly(0.1f);
        assertThat(vector(body.at("/points/1/vector"))).isEmpty();
        assertThat(vector(body.at("/searches/0/query"))).containsExactly(3f, 4f);
    }

    @Test
    void whatACallerKeepsIsNoVectorWhateverItIsCalled() throws IOException {
        for (String json : List.of("{\"points\":[{\"payload\":{\"vector\":[1.10,2]}}]}", "{\"put\":{\"vector\":[1.10,2]}}",
                "{\"payload\":{\"points\":[{\"vector\":[1.10]}]}}", "{\"filter\":{\"query\":[1.10]}}", "{\"points\":[[{\"vector\":[1.10]}]]}",
                "{\"vector\":{\"\":[1.10]}}", "{\"vectors\":[[1.10]]}", "{\"vector\":[[1.10]]}", "[{\"vector\":[1.10]}]")) {
            assertThat(read(json).toString()).isEqualTo(json);
        }
    }

    @Test
    void numbersStayWhatTheyAre() throws IOException {
        String json = "{\"a\":[1.10,18446744073709551615,-9223372036854775808,0.1000000000000000055511151231257827,1E+400,3,true,null,\"x\"]}";
        assertThat(read(json).toString()).isEqualTo(json);
    }

    @Test
    void componentsAreTheNearestFloats() throws IOException {
        Random random = new Random(7);
        double[] numbers = IntStream.range(0, 5_000).mapToDouble(i -> random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30)).toArray();
        String text = IntStream.range(0, numbers.length).mapToObj(i -> Double.toString(numbers[i])).collect(Collectors.joining(","));
        float[] read = vector(read("{\"vector\":[" + text + "]}").path("vector"));
        for (int i = 0; i < numbers.length; i++) {
            assertThat(read[i]).as("%s", numbers[i]).isEqualTo(Float.parseFloat(Double.toString(numbers[i])));
        }
        assertThat(vector(read("{\"vector\":[1e39]}").path("vector"))).containsExactly(Float.POSITIVE_INFINITY);
    }

    @Test
    void aListWithAnythingElseInItStaysAListAndWhatIsNoJsonIsRefused() throws IOException {
        assertThat(read("{\"vector\":[1,\"x\",{\"a\":2}]}").path("vector").isArray()).isTrue();
        assertThat(read("").isMissingNode()).isTrue();
        for (String wrong : List.of("{", "{\"vector\":[1", "{\"vector\":[NaN]}", "{} {}", "{\"a\":1,\"a\":2}", "{\"vector\":[1],\"vector\":[2]}", "[1,]", "nul",
                "[".repeat(30) + "]".repeat(30), "{\"a\":" + "1".repeat(500) + "}", "{\"vector\":[" + "1".repeat(500) + "]}")) {
            assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(IOException.class);
        }
    }

    private static JsonNode read(String json) throws IOException {
        return READER.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static float[] vector(JsonNode node) {
        float[] vector = BodyReader.vector(node);
        assertThat(vector).isNotNull();
        return vector;
    }
}
