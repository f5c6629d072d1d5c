package io.zeroui.contracts.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustedKey;
import io.zeroui.contracts.attestation.trust.Validity;
import io.zeroui.contracts.attestation.trust.VerifyingKey;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.attestation.verify.Verdict;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Envelopes without a bundle: what is signed, by whom, and how many must. */
class EnvelopesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String TYPE = "http://example.com/HelloWorld";
    private static final byte[] HELLO = "hello world".getBytes(StandardCharsets.UTF_8);

    private final KeyPair first = newKey("Ed25519");
    private final KeyPair second = newKey("EC");
    private final KeyPair third = newKey("RSA");

    @Test
    void whatIsSignedIsAsTheSpecificationHasIt() {
        assertThat(new Envelope(TYPE, HELLO, List.of()).preAuthenticationEncoding())
                .asString(StandardCharsets.UTF_8).isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
        assertThat(new Envelope("", new byte[0], List.of()).preAuthenticationEncoding())
                .asString(StandardCharsets.UTF_8).isEqualTo("DSSEv1 0  0 ");
        assertThat(new Envelope("ಠ", "ಠ".getBytes(StandardCharsets.UTF_8), List.of()).preAuthenticationEncoding())
                .asString(StandardCharsets.UTF_8).isEqualTo("DSSEv1 3 ಠ 3 ಠ");
    }

    @Test
    void theSpecificationsExampleIsVerified() throws Exception {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        byte[] spki = KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(
                new BigInteger("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                new BigInteger("5640078356564379163099075877009565129882514886557779369047442380624545832820")),
                curve.getParameterSpec(ECParameterSpec.class))).getEncoded();
        byte[] pair = Base64.getDecoder()
                .decode("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==");
        ASN1EncodableVector numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(pair, 32))));
        numbers.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(pair, 32, 64))));
        ObjectNode envelope = envelope(TYPE, HELLO);
        sign(envelope, "test key 123", new DERSequence(numbers).getEncoded());

        assertThat(verify(envelope, trust(1, List.of(key("test key 123", spki)))).reasons()).isEmpty();
    }

    @Test
    void keysOfAllKindsCountTowardsAThreshold() {
        ObjectNode envelope = envelope(TYPE, HELLO);
        sign(envelope, "one", signature(first, "Ed25519", envelope));
        sign(envelope, "two", signature(second, "SHA256withECDSA", envelope));
        sign(envelope, "three", signature(third, "SHA256withRSA", envelope));

        Verdict verdict = verify(envelope, all(3));

        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.signers()).extracting(signer -> signer.kid()).containsExactly("one", "two", "three");
    }

    @Test
    void aKeyCountsOnceHoweverOftenAndByWhateverNamesItSigns() {
        ObjectNode envelope = envelope(TYPE, HELLO);
        byte[] signature = signature(first, "Ed25519", envelope);
        sign(envelope, "one", signature);
        sign(envelope, "one", signature);
        sign(envelope, "also one", signature);
        List<TrustedKey> keys = new ArrayList<>(all(1).keys());
        keys.add(key("also one", first.getPublic().getEncoded()));

        assertThat(verify(envelope, trust(2, keys)).reasons()).extracting(Finding::reason).containsExactly(Reason.THRESHOLD_NOT_REACHED);
    }

    @Test
    void whatIsUnknownIsNotCalledWrong() {
        ObjectNode unknown = envelope(TYPE, HELLO);
        sign(unknown, "four", signature(newKey("Ed25519"), "Ed25519", unknown));
        ObjectNode nameless = envelope(TYPE, HELLO);
        sign(nameless, "", signature(newKey("Ed25519"), "Ed25519", nameless));
        ObjectNode wrong = envelope(TYPE, HELLO);
        sign(wrong, "one", signature(newKey("Ed25519"), "Ed25519", wrong));

        assertThat(verify(unknown, all(1)).reasons()).extracting(Finding::reason).containsExactly(Reason.UNKNOWN_KEY);
        assertThat(verify(nameless, all(1)).reasons()).extracting(Finding::reason).containsExactly(Reason.NO_TRUSTED_KEY_SIGNED);
        assertThat(verify(wrong, all(1)).reasons()).extracting(Finding::reason).containsExactly(Reason.WRONG_SIGNATURE);
    }

    @Test
    void aHintIsOnlyAHintAndAKeyIsFoundWithoutIt() {
        ObjectNode envelope = envelope(TYPE, HELLO);
        sign(envelope, "as another tool calls it", signature(second, "SHA256withECDSA", envelope));

        assertThat(verify(envelope, all(1)).signers()).singleElement().satisfies(signer -> assertThat(signer.kid()).isEqualTo("two"));
    }

    @Test
    void bytesCannotMoveBetweenTypeAndPayload() {
        ObjectNode honest = envelope("a", "b 1 c".getBytes(StandardCharsets.UTF_8));
        byte[] signature = signature(first, "Ed25519", honest);
        ObjectNode moved = envelope("a 5 b", "c".getBytes(StandardCharsets.UTF_8));
        sign(moved, "one", signature);
        sign(honest, "one", signature);

        assertThat(verify(honest, all(1)).isVerified()).isTrue();
        assertThat(verify(moved, all(1)).reasons()).extracting(Finding::reason).containsExactly(Reason.WRONG_SIGNATURE);
    }

    @Test
    void aSignatureOverThePayloadAloneIsNone() {
        ObjectNode envelope = envelope(TYPE, HELLO);
        sign(envelope, "one", sign(first, "Ed25519", HELLO));

        assertThat(verify(envelope, all(1)).has(Reason.WRONG_SIGNATURE)).isTrue();
    }

    @Test
    void withoutASignatureNothingIsVerified() {
        ObjectNode envelope = envelope(TYPE, HELLO);
        assertThat(verify(envelope, all(1)).reasons()).extracting(Finding::reason).containsExactly(Reason.UNSIGNED);
        assertThat(verify(envelope.deepCopy().without("signatures"), all(1)).has(Reason.UNSIGNED)).isTrue();
        assertThatThrownBy(() -> new Verdict(List.of(), List.of(), null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyWhoseTimeIsOverIsNotBelieved() {
        ObjectNode envelope = envelope(TYPE, HELLO);
        sign(envelope, "one", signature(first, "Ed25519", envelope));
        TrustedKey over = new TrustedKey("one", VerifyingKey.of(first.getPublic().getEncoded(), false),
                new Validity(null, NOW.minusSeconds(1)));

        assertThat(verify(envelope, trust(1, List.of(over))).reasons()).extracting(Finding::reason)
                .containsExactly(Reason.KEY_NOT_VALID_THEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"keys\":[{\"kid\":\"a\",\"spki\":\"AAAA\"}]}", "{\"threshold\":2}", "{\"kays\":[]}", "{\"log\":\"maybe\"}",
            "{\"identities\":[{\"name\":\"*\",\"issuer\":\"x\"}]}", "{\"identities\":[{\"name\":\"https://a*b\",\"issuer\":\"x\"}]}",
            "{\"sigstore\":{\"mediaType\":\"text/plain\"}}"})
    void aTrustRootIsTakenAsAWholeOrNotAtAll(String root) {
        assertThatThrownBy(() -> io.zeroui.contracts.attestation.trust.TrustRootReader.read(root.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(AttestationRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID_TRUST_ROOT));
    }

    private TrustRoot all(int threshold) {
        return trust(threshold, List.of(key("one", first.getPublic().getEncoded()), key("two", second.getPublic().getEncoded()),
                key("three", third.getPublic().getEncoded())));
    }

    private static TrustRoot trust(int threshold, List<TrustedKey> keys) {
        return new TrustRoot(keys, threshold, List.of(), List.of(), List.of(), List.of(), List.of(), true, true);
    }

    private static TrustedKey key(String kid, byte[] spki) {
        return new TrustedKey(kid, VerifyingKey.of(spki, false), Validity.ALWAYS);
    }

    private static Verdict verify(ObjectNode envelope, TrustRoot trust) {
        return new AttestationVerifier(trust).verify(Samples.bytes(envelope), NOW);
    }

    private static ObjectNode envelope(String type, byte[] payload) {
        ObjectNode envelope = new ObjectMapper().createObjectNode().put("payloadType", type)
                .put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.putArray("signatures");
        return envelope;
    }

    private static void sign(ObjectNode envelope, String keyId, byte[] signature) {
        envelope.withArray("signatures").addObject().put("keyid", keyId).put("sig", Base64.getEncoder().encodeToString(signature));
    }

    private static byte[] signature(KeyPair key, String algorithm, ObjectNode envelope) {
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        return sign(key, algorithm, new Envelope(envelope.path("payloadType").asText(), payload, List.of()).preAuthenticationEncoding());
    }

    private static byte[] sign(KeyPair key, String algorithm, byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey(String kind) {
        try {
            return KeyPairGenerator.getInstance(kind).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
