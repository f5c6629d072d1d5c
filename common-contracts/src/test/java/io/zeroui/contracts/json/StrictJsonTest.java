package io.zeroui.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.contracts.json.InvalidJson.Reason;

class StrictJsonTest {

    @Test
    void oneObjectOnOneLineIsReadWithAllItsMembers() throws Exception {
        ObjectNode object = parse(" {\"a\":[1,2.5,\"ü€😀\",null,true],\"unknown\":{\"b\":-7}} ");
        assertThat(object.toString()).isEqualTo("{\"a\":[1,2.5,\"ü€😀\",null,true],\"unknown\":{\"b\":-7}}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "{", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}",
            "{\"a\":Infinity}", "{\"a\":+1}", "{\"a\":\"\\x\"}", "{\"a\":\"\t\"}", "{\"a\":1 /* x */}", "{\"a\":tru}",
            "{\"a\":.5}", "hello" })
    void whatIsNotJsonIsRefused(String text) {
        assertRefused(text, Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[]", "[{}]", "\"x\"", "1", "null", "true" })
    void whatIsNotAnObjectIsRefused(String text) {
        assertRefused(text, Reason.NOT_AN_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}{}", "{} x", "{}]", "{},", "{} 1" })
    void textAfterTheObjectIsRefused(String text) {
        assertRefused(text, Reason.TRAILING_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"a\":1,\"a\":1}", "{\"a\":{\"b\":1,\"\\u0062\":2}}", "{\"x\":[{\"a\":null,\"a\":null}]}" })
    void aMemberThatOccursTwiceIsRefused(String text) {
        assertRefused(text, Reason.DUPLICATE_MEMBER);
    }

    @Test
    void byteOrderMarksAreRefused() {
        assertRefused("\ufeff{}", Reason.BOM);
        assertRefused("{}".getBytes(StandardCharsets.UTF_16), Reason.BOM);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertRefused("{}".getBytes(StandardCharsets.UTF_16LE), Reason.NUL);
        assertRefused("{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1), Reason.INVALID_UTF8);
        assertRefused(new byte[] { '{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}' }, Reason.INVALID_UTF8);
        assertRefused(new byte[] { '{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}' }, Reason.INVALID_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"\\ud800x\":1}" })
    void unpairedSurrogatesAreRefused(String text) {
        assertRefused(text, Reason.INVALID_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\u0000}", "{\"a\":\"\u0000\"}", "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}" })
    void nulIsRefusedEvenEscapedBecauseDatabasesCannotStoreIt(String text) {
        assertRefused(text, Reason.NUL);
    }

    @Test
    void moreThanOneLineIsRefused() {
        assertRefused("{}\r", Reason.CARRIAGE_RETURN);
        assertRefused("{\r\n}", Reason.CARRIAGE_RETURN);
        assertRefused("{\n}", Reason.LINE_FEED);
        assertRefused("{}\n", Reason.LINE_FEED);
    }

    @Test
    void depthIsLimited() throws Exception {
        assertThat(parse(nested(32))).isNotEmpty();
        assertRefused(nested(33), Reason.TOO_DEEP);
        assertRefused("{\"a\":" + "[".repeat(200_000), Reason.TOO_DEEP);
    }

    @Test
    void sizesAreLimited() throws Exception {
        assertThat(parse("{\"a\":\"" + "x".repeat(65_536) + "\"}")).hasSize(1);
        assertRefused("{\"a\":\"" + "x".repeat(65_537) + "\"}", Reason.TOO_LARGE);
        assertRefused("{\"a\":\"" + "x".repeat(262_144) + "\"}", Reason.TOO_LARGE);
        assertRefused("{\"a\":[" + "1,".repeat(8_192) + "1]}", Reason.TOO_LARGE);
        assertRefused("{\"" + "n".repeat(5_000) + "\":1}", Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "1e400", "-1e400", "1e99999999999999999999", "1.0E+309" })
    void numbersThatADoubleCannotHoldAreRefused(String number) {
        assertRefused("{\"n\":" + number + "}", Reason.NUMBER_OUT_OF_RANGE);
    }

    @Test
    void hugeNumbersTakeNoTime() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertRefused("{\"n\":" + "9".repeat(200_000) + "}", Reason.TOO_LARGE);
            assertRefused("{\"n\":0." + "9".repeat(200_000) + "}", Reason.TOO_LARGE);
            assertRefused("{\"n\":1e" + "9".repeat(200_000) + "}", Reason.TOO_LARGE);
            assertRefused("{\"n\":1e-" + "0".repeat(200_000) + "1}", Reason.TOO_LARGE);
        });
    }

    @Test
    void wholeNumbersAreKeptExactly() throws Exception {
        assertThat(parse("{\"n\":12345678901234567890}").get("n").bigIntegerValue()).isEqualTo("12345678901234567890");
        assertThat(parse("{\"n\":1e-400}").get("n").doubleValue()).isZero();
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static ObjectNode parse(String text) throws InvalidJson {
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.RECEIPT);
    }

    private static void assertRefused(String text, Reason reason) {
        assertRefused(text.getBytes(StandardCharsets.UTF_8), reason);
    }

    private static void assertRefused(byte[] bytes, Reason reason) {
        assertThatExceptionOfType(InvalidJson.class)
                .isThrownBy(() -> StrictJson.parseObject(bytes, JsonLimits.RECEIPT))
                .satisfies(e -> assertThat(e.reason()).as(e.detail()).isEqualTo(reason));
    }
}
