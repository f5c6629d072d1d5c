package io.zeroui.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;

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
    private static final String SPECIAL = "\"\\\n\u007f\ue000\u2028/";

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

    /** Trees of bounded depth; one random source makes a whole tree, which keeps the generator itself fast. */
    @Provide
    Arbitrary<ObjectNode> objects() {
        return Arbitraries.randoms().map(random -> object(random, 0));
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.set(text(random), value(random, depth + 1));
        }
        return object;
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth < 5 ? 9 : 7)) {
            case 0 -> NODES.textNode(text(random));
            case 1 -> NODES.numberNode(random.nextLong());
            case 2 -> NODES.numberNode(random.nextInt(2_000) - 1_000);
            case 3 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
            case 4 -> NODES.numberNode(new BigInteger(1 + random.nextInt(90), random));
            case 5 -> NODES.booleanNode(random.nextBoolean());
            case 6 -> NODES.nullNode();
            case 7 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(13); i > 0; i--) {
            int choice = random.nextInt(4);
            text.append(choice == 0 ? SPECIAL.charAt(random.nextInt(SPECIAL.length()))
                    : (char) (1 + random.nextInt(choice == 1 ? 0xd7ff : 0x7f)));
        }
        return text.toString();
    }
}
