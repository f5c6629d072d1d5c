package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

/** With keys of the specification, of golang.org/x/mod/sumdb/note, of the Go checksum database and of a witness. */
class VerifierKeyTest {

    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    @ParameterizedTest
    @CsvSource({ "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW,PeterNeumann,1,c74f20a3",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k,example.com/foo,1,530d903a",
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8,sum.golang.org,1,033de0ae",
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2,remora.n621.de,4,da77ade7" })
    void publishedKeysAreReadAndWritten(String vkey, String name, int type, String id) {
        VerifierKey key = VerifierKey.parse(vkey);
        assertThat(key.name()).isEqualTo(name);
        assertThat(key.type()).isEqualTo(type);
        assertThat(key.id()).isEqualTo(Integer.parseUnsignedInt(id, 16));
        assertThat(key.format()).isEqualTo(vkey);
        assertThat(new VerifierKey(name, type, key.publicKey())).isEqualTo(key).hasToString(vkey);
    }

    @Test
    void noPartAndNoMangledFormOfAKeyIsAKey() {
        for (int begin = 0; begin < PETER.length(); begin++) {
            for (int end = begin; end <= PETER.length(); end++) {
                String part = PETER.substring(begin, end);
                if (!part.equals(PETER)) {
                    assertThatIllegalArgumentException().as(part).isThrownBy(() -> VerifierKey.parse(part));
                }
            }
            String mangled = PETER.substring(0, begin) + (char) (PETER.charAt(begin) + 1) + PETER.substring(begin + 1);
            assertThatIllegalArgumentException().as(mangled).isThrownBy(() -> VerifierKey.parse(mangled));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n", "bananas.sigstore.dev+12344556",
            "rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!", "rekor.sigstore.dev+12345678+AwEB" })
    void otherTypesIdsAndFormsAreRefused(String vkey) {
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(vkey));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a b", "a+b", "a\u00a0b", "a\u3000b", "a\u2028b", "a\nb", "a\u0085b", "a\tb", "\udc00" })
    void namesWithWhiteSpaceAndPlusSignsAreRefused(String name) {
        Ed25519PublicKey key = VerifierKey.parse(PETER).publicKey();
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifierKey(name, VerifierKey.ED25519, key));
    }

    @Test
    void theSameKeyHasAnotherIdForEachType() {
        Ed25519PublicKey key = VerifierKey.parse(PETER).publicKey();
        VerifierKey witness = new VerifierKey("PeterNeumann", VerifierKey.COSIGNATURE_V1, key);
        assertThat(witness.id()).isNotEqualTo(VerifierKey.parse(PETER).id());
        assertThat(VerifierKey.parse(witness.format())).isEqualTo(witness);
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifierKey("PeterNeumann", 2, key));
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifierKey("PeterNeumann", 0x101, key));
    }

    @Test
    void aKeyWithWhichAnybodyCouldSignIsRefused() {
        byte[] typeAndKey = new byte[33];
        typeAndKey[0] = 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifierKey.parse("a+00000000+" + Base64.getEncoder().encodeToString(typeAndKey)))
                .withMessageContaining("prime-order");
    }

    @Property(tries = 50)
    void everyKeyIsReadBack(@ForAll @AlphaChars @StringLength(min = 1, max = 9) String name, @ForAll boolean witness) {
        VerifierKey key = new VerifierKey(name + "é.example/λ", witness ? VerifierKey.COSIGNATURE_V1 : VerifierKey.ED25519,
                Ed25519.newKeyPair().publicKey());
        assertThat(VerifierKey.parse(key.format())).isEqualTo(key);
    }
}
