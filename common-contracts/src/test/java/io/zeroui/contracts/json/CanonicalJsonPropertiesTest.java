package io.zeroui.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.erdtman.jcs.JsonCanonicalizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against the reference library of the RFC's author. */
class CanonicalJsonPropertiesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property(tries = 2_000)
    void isWhatTheReferenceLibraryWrites(@ForAll("objects") ObjectNode object) throws Exception {
        byte[] expected = new JsonCanonicalizer(object.toString()).getEncodedUTF8();
        assertThat(CanonicalJson.of(object)).isEqualTo(expected);
    }

    @Property(tries = 2_000)
    void readingTheCanonicalFormAndWritingItAgainChangesNothing(@ForAll("objects") ObjectNode object) throws Exception {
        byte[] once = CanonicalJson.of(object);
        assertThat(CanonicalJson.of(StrictJson.parseObject(once, JsonLimits.RECEIPT))).isEqualTo(once);
    }

    @Property(tries = 5_000)
    void doublesAreReadBackToTheSameBits(@ForAll long bits) throws Exception {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            String text = new String(CanonicalJson.of(NODES.numberNode(value)), java.nio.charset.StandardCharsets.US_ASCII);
            assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
        }
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        Arbitrary<JsonNode> values = Arbitraries.lazyOf(this::scalars, this::scalars, this::arrays,
                () -> objects().map(node -> node));
        return Arbitraries.maps(texts(), values).ofMaxSize(5).map(CanonicalJsonPropertiesTest::object);
    }

    private Arbitrary<JsonNode> arrays() {
        Arbitrary<JsonNode> elements = Arbitraries.lazyOf(this::scalars, this::scalars, this::arrays);
        return elements.list().ofMaxSize(4).map(CanonicalJsonPropertiesTest::array);
    }

    private Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(texts().map(NODES::textNode), Arbitraries.longs().map(NODES::numberNode),
                Arbitraries.doubles().map(NODES::numberNode), Arbitraries.integers().map(NODES::numberNode),
                Arbitraries.bigIntegers().map(NODES::numberNode), Arbitraries.of(true, false).map(NODES::booleanNode),
                Arbitraries.just(NODES.nullNode()));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withCharRange('\u0001', '\ud7ff').withChars('"', '\\', '\n', '\u007f', '\ue000')
                .ofMaxLength(12);
    }

    private static ObjectNode object(Map<String, JsonNode> members) {
        return (ObjectNode) NODES.objectNode().setAll(members);
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return NODES.arrayNode().addAll(elements);
    }
}
