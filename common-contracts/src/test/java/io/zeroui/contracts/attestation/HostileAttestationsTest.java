package io.zeroui.contracts.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.verify.Attestation;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.attestation.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are made to be too much are refused soon, and named. */
@Timeout(240)
class HostileAttestationsTest {

    private static final Instant SIGNED = Instant.parse("2026-06-04T17:43:29Z");

    static Stream<Arguments> hostile() {
        String signature = "{\"sig\":\"AAAA\"}";
        String envelope = "{\"payloadType\":\"x\",\"payload\":\"\",\"signatures\":[";
        return Stream.of(
                Arguments.of("no JSON", "nothing", Reason.MALFORMED_JSON),
                Arguments.of("nothing", "", Reason.MALFORMED_JSON),
                Arguments.of("two documents", envelope + "]}{}", Reason.MALFORMED_JSON),
                Arguments.of("a member twice", "{\"payloadType\":\"x\",\"payload\":\"\",\"payload\":\"AAAA\"}", Reason.MALFORMED_JSON),
                Arguments.of("an array", "[" + envelope + "]}]", Reason.MALFORMED_JSON),
                Arguments.of("deep", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", Reason.TOO_DEEP),
                Arguments.of("thousands of signatures", envelope + (signature + ",").repeat(5_000) + signature + "]}", Reason.TOO_LARGE),
                Arguments.of("a million members", "{\"a\":[" + "0,".repeat(1_000_000) + "0]}", Reason.TOO_LARGE),
                Arguments.of("a number without end", "{\"a\":" + "9".repeat(1_000_000) + "}", Reason.TOO_LARGE),
                Arguments.of("neither", "{\"a\":1}", Reason.UNKNOWN_MEDIA_TYPE),
                Arguments.of("signatures that are none", "{\"payloadType\":\"x\",\"payload\":\"\",\"signatures\":{}}", Reason.MALFORMED_ENVELOPE),
                Arguments.of("a payload that is none", "{\"payloadType\":\"x\",\"payload\":7}", Reason.MALFORMED_ENVELOPE),
                Arguments.of("a payload cut off", "{\"payloadType\":\"x\",\"payload\":\"AAA\"}", Reason.INVALID_BASE64),
                Arguments.of("a statement without subjects", "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                        + "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGVUeXBlIjoieCJ9\"}", Reason.INVALID_STATEMENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefused(String what, String document, Reason reason) {
        assertRefused(document.getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void threeHundredMebibytesAreRefusedBeforeTheyAreRead() {
        byte[] document = new byte[300 << 20];
        Arrays.fill(document, (byte) '[');
        assertRefused(document, Reason.TOO_LARGE);
    }

    @Test
    void manyEntriesHashesAndTimestampsAreRefused() {
        ObjectNode bundle = Samples.json(Samples.MAVEN_2025 + ".sigstore.json");
        ArrayNode hashes = (ArrayNode) bundle.at("/verificationMaterial/tlogEntries/0/inclusionProof/hashes");
        for (int i = 0; i < 10_000; i++) {
            hashes.add(hashes.get(0).asText());
        }
        assertRefused(Samples.bytes(bundle), Reason.TOO_LARGE);
        ObjectNode entries = Samples.json(Samples.MAVEN_2025 + ".sigstore.json");
        ArrayNode list = (ArrayNode) entries.at("/verificationMaterial/tlogEntries");
        for (int i = 0; i < 8; i++) {
            list.add(list.get(0).deepCopy());
        }
        assertRefused(Samples.bytes(entries), Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.PROVENANCE_V1, Samples.MAVEN_2025 + ".sigstore.json", Samples.WITH_TIMESTAMP})
    void damagedCertificatesTimestampsAndEntriesComeToAVerdict(String name) {
        boolean stamped = name.equals(Samples.WITH_TIMESTAMP);
        AttestationVerifier verifier = new AttestationVerifier(
                Samples.trust(stamped ? Samples.timestamping() : Samples.publicGood()));
        String path = stamped ? "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp"
                : name.equals(Samples.PROVENANCE_V1) ? "/verificationMaterial/x509CertificateChain/certificates/0/rawBytes"
                        : "/verificationMaterial/certificate/rawBytes";
        Random random = new Random(7);
        for (int i = 0; i < 150; i++) {
            ObjectNode bundle = Samples.json(name);
            byte[] bytes = Base64.getDecoder().decode(bundle.at(path).asText());
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes;
            int slash = path.lastIndexOf('/');
            ((ObjectNode) bundle.at(path.substring(0, slash))).put(path.substring(slash + 1), Base64.getEncoder().encodeToString(cut));

            Verdict verdict = verifier.verify(Samples.bytes(bundle), Instant.parse("2026-11-22T12:00:00Z"));

            // not every byte around a timestamp is signed; the time that it proves is
            assertThat(verdict.isVerified() && !(stamped && SIGNED.equals(verdict.signedAt()))).as("change %d", i).isFalse();
        }
    }

    private static void assertRefused(byte[] document, Reason reason) {
        assertThatThrownBy(() -> Attestation.read(document)).isInstanceOfSatisfying(AttestationRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
