package io.zeroui.contracts.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** With the vectors of RFC 8032 §7.1, for every implementation that works here. */
class Ed25519Test {

    @ParameterizedTest
    @CsvSource({
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                    + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                    + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                    + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                    + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00" })
    void theVectorsOfTheRfcHold(String seed, String publicKey, String message, String signature) {
        HexFormat hex = HexFormat.of();
        for (Ed25519Engine engine : engines()) {
            assertThat(engine.signPrepared(engine.preparePrivate(hex.parseHex(seed)), hex.parseHex(message)))
                    .as(engine.name()).isEqualTo(hex.parseHex(signature));
            assertThat(engine.verifyPrepared(engine.prepare(hex.parseHex(publicKey)), hex.parseHex(message),
                    hex.parseHex(signature))).as(engine.name()).isTrue();
        }
        assertThat(Ed25519PrivateKey.ofSeed(hex.parseHex(seed)).publicKey().raw()).isEqualTo(hex.parseHex(publicKey));
    }

    @Property(tries = 100)
    void whatOneImplementationSignsEveryOtherVerifiesAndNoChangedBytes(@ForAll byte[] message, @ForAll byte noise) {
        Ed25519KeyPair pair = Ed25519.newKeyPair();
        byte[] signature = Ed25519.sign(pair.privateKey(), message);
        byte[] changed = signature.clone();
        changed[Math.floorMod(noise, 64)] ^= 1;
        for (Ed25519Engine engine : engines()) {
            Object key = engine.prepare(pair.publicKey().raw());
            assertThat(engine.verifyPrepared(key, message, signature)).as(engine.name()).isTrue();
            assertThat(engine.verifyPrepared(key, message, changed)).as(engine.name()).isFalse();
        }
    }

    @Property(tries = 200)
    void noSignatureOfAnyLengthMakesVerificationThrow(@ForAll byte[] signature) {
        assertThat(Ed25519.verify(Ed25519.newKeyPair().publicKey(), new byte[] { 1 }, signature)).isFalse();
    }

    @Test
    void theImplementationInUseIsReported() {
        assertThat(Ed25519.provider()).isIn("AmazonCorrettoCryptoProvider", "BouncyCastle");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" })
    void pointsWithWhichAnybodyCouldSignAreNoKeys(String raw) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ed25519PublicKey.ofRaw(HexFormat.of().parseHex(raw)));
    }

    @Test
    void keysSurviveTheirTextForms() {
        Ed25519KeyPair pair = Ed25519.newKeyPair();
        assertThat(SpkiPem.read(SpkiPem.write(pair.publicKey()))).isEqualTo(pair.publicKey());
        assertThat(Ed25519PublicKey.ofBase64(pair.publicKey().base64())).isEqualTo(pair.publicKey());
        assertThat(Ed25519PrivateKey.fromPem(pair.privateKey().toPem()).publicKey()).isEqualTo(pair.publicKey());
        assertThat(pair.privateKey().toString()).doesNotContain(pair.privateKey().toPem().substring(30, 60));
    }

    @Test
    void keysThatOpensslWroteAreRead() {
        String pem = "-----BEGIN PUBLIC KEY-----\r\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\r\n-----END PUBLIC KEY-----\r\n";
        assertThat(SpkiPem.read(pem).raw()).startsWith(0x19, 0xbf);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\n***\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----" })
    void whatIsNoEd25519KeyIsRefused(String pem) {
        assertThatIllegalArgumentException().isThrownBy(() -> SpkiPem.read(pem));
    }

    @Test
    void aPrivateKeyIsNotReadAsAPublicOne() {
        String pem = Ed25519.newKeyPair().privateKey().toPem();
        assertThatIllegalArgumentException().isThrownBy(() -> SpkiPem.read(pem));
    }

    private static List<Ed25519Engine> engines() {
        Optional<Ed25519Engine> corretto = Ed25519Engines.corretto();
        return corretto.isPresent() ? List.of(new BouncyCastleEngine(), corretto.get())
                : List.of(new BouncyCastleEngine());
    }
}
