package io.zeroui.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** With the vectors of RFC 8785 (sections 3.2.2, 3.2.3 and appendix B). */
class CanonicalJsonTest {

    @Test
    void theExampleOfTheRfcComesOutAsPrintedThere() throws Exception {
        String input = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""";
        assertThat(canonical(input)).isEqualTo("{\"literals\":[null,true,false],"
                + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void membersAreSortedByUtf16CodeUnits() throws Exception {
        String input = """
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
                 "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}""";
        assertThat(canonical(input)).isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @ParameterizedTest
    @CsvSource({ "0000000000000000,0", "8000000000000000,0", "0000000000000001,5e-324", "8000000000000001,-5e-324",
            "7fefffffffffffff,1.7976931348623157e+308", "ffefffffffffffff,-1.7976931348623157e+308",
            "4340000000000000,9007199254740992", "c340000000000000,-9007199254740992",
            "4430000000000000,295147905179352830000", "44b52d02c7e14af5,9.999999999999997e+22",
            "44b52d02c7e14af6,1e+23", "44b52d02c7e14af7,1.0000000000000001e+23", "444b1ae4d6e2ef4e,999999999999999700000",
            "444b1ae4d6e2ef4f,999999999999999900000", "444b1ae4d6e2ef50,1e+21", "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
            "3eb0c6f7a0b5ed8d,0.000001", "41b3de4355555553,333333333.3333332", "41b3de4355555554,333333333.33333325",
            "41b3de4355555555,333333333.3333333", "41b3de4355555556,333333333.3333334", "41b3de4355555557,333333333.33333343",
            "becbf647612f3696,-0.0000033333333333333333", "43143ff3c1cb0959,1424953923781206.2" })
    void numbersHaveTheirEcmaScriptForm(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(text(CanonicalJson.of(DoubleNode.valueOf(value)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "-0,0", "0,0", "1.0,1", "100,100", "1e2,100", "-0.0,0", "9007199254740992,9007199254740992",
            "9007199254740993,9007199254740992", "9223372036854775807,9223372036854776000",
            "123456789012345678901234567890,1.2345678901234568e+29", "2147483648,2147483648" })
    void integersTooLargeForADoubleAreRoundedLikeEverywhereElse(String number, String expected) throws Exception {
        assertThat(canonical("{\"n\":" + number + "}")).isEqualTo("{\"n\":" + expected + "}");
    }

    @Test
    void oneMemberCanBeLeftOutOfTheOutermostObject() throws Exception {
        ObjectNode object = StrictJson.parseObject(
                "{\"b\":{\"signature\":1},\"signature\":2,\"a\":3}".getBytes(StandardCharsets.UTF_8), JsonLimits.RECEIPT);
        assertThat(text(CanonicalJson.ofWithout(object, "signature"))).isEqualTo("{\"a\":3,\"b\":{\"signature\":1}}");
    }

    @Test
    void whatHasNoCanonicalFormIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(TextNode.valueOf("\ud800")));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(TextNode.valueOf("\ude00a")));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(DoubleNode.valueOf(Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(DoubleNode.valueOf(Double.POSITIVE_INFINITY)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.of(JsonNodeFactory.instance.binaryNode(new byte[1])));
    }

    private static String canonical(String json) throws InvalidJson {
        return text(CanonicalJson
                .of(StrictJson.parseObject(json.replace("\n", "").getBytes(StandardCharsets.UTF_8), JsonLimits.RECEIPT)));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
