package io.zeroui.contracts.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** With the notes of the tests of golang.org/x/mod/sumdb/note and the examples of C2SP signed-note. */
class SignedNoteTest {

    private static final String TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";
    private static final String LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
            + "qdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String NOTE = TEXT + "\n" + LINE;
    private static final VerifierKey PETER = VerifierKey
            .parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    /** Of the signer key PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz. */
    private static final Ed25519PrivateKey PETERS = seed("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");

    private static final Ed25519KeyPair OTHERS = Ed25519.newKeyPair();
    private static final VerifierKey OTHER = new VerifierKey("other.example/key", VerifierKey.ED25519, OTHERS.publicKey());

    @Test
    void thePublishedNoteIsReadVerifiedAndSignedAgainToTheByte() throws Exception {
        SignedNote note = SignedNote.parse(NOTE.getBytes(UTF_8));
        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(note.verify(List.of(OTHER, PETER))).containsExactly(Map.entry(PETER, note.signatures().get(0)));
        assertThat(SignedNote.sign(TEXT, PETER, PETERS)).isEqualTo(note).hasSameHashCodeAs(note);
        assertThat(SignedNote.sign(TEXT, PETER, PETERS).format()).isEqualTo(NOTE.getBytes(UTF_8));
    }

    @Test
    void theExampleOfTheSpecificationVerifies() throws Exception {
        SignedNote note = SignedNote.parse(("This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq"
                + "6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n").getBytes(UTF_8));
        VerifierKey key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        assertThat(note.verify(List.of(key))).containsOnlyKeys(key);
    }

    @Test
    void theTextGoesToTheLastEmptyLine() {
        String note = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
                + "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQw"
                + "aqP3ZekRwNtIc=\n";
        SignedNote parsed = SignedNote.parse(note.getBytes(UTF_8));
        assertThat(parsed.text()).endsWith(":\n\ned è subito sera.\n");
        assertThat(parsed.signatures()).singleElement().satisfies(signature -> {
            assertThat(signature.keyName()).isEqualTo("quasimodo.example/salvatore");
            assertThat(signature.keyId()).isEqualTo(0x367ba04b);
            assertThat(signature.bytes()).hasSize(64);
        });
        assertThat(parsed.format()).isEqualTo(note.getBytes(UTF_8));
        assertThat(SignedNote.parse(("\n\n" + LINE).getBytes(UTF_8)).text()).isEqualTo("\n");
        assertThat(SignedNote.parse(("a\n\n\n" + LINE).getBytes(UTF_8)).text()).isEqualTo("a\n\n");
    }

    @Test
    void signaturesOfUnknownKeysAreIgnoredEvenWithTheNameOrTheIdOfAKnownOne() throws Exception {
        NoteSignature peters = SignedNote.parse(NOTE.getBytes(UTF_8)).signatures().get(0);
        SignedNote note = SignedNote.sign(TEXT, OTHER, OTHERS.privateKey())
                .with(new NoteSignature("PeterNeumann", 7, new byte[] { 1 }))
                .with(new NoteSignature("Peter", PETER.id(), peters.bytes()));
        assertThat(note.verify(List.of(OTHER, PETER))).containsOnlyKeys(OTHER);
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> note.verify(List.of(PETER)))
                .withMessage("no known key has signed the note");
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> note.verify(List.of()));
    }

    @Test
    void aSignatureThatNamesAKnownKeyAndIsNotByItFailsTheNote() {
        NoteSignature wrong = new NoteSignature("PeterNeumann", PETER.id(), new byte[64]);
        SignedNote note = SignedNote.sign(TEXT, OTHER, OTHERS.privateKey()).with(wrong);
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> note.verify(List.of(OTHER, PETER)))
                .withMessageContaining("PeterNeumann+c74f20a3");
        SignedNote twice = SignedNote.parse(NOTE.getBytes(UTF_8)).with(wrong);
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> twice.verify(List.of(PETER)));
        SignedNote tooShort = SignedNote.sign(TEXT, OTHER, OTHERS.privateKey())
                .with(new NoteSignature("PeterNeumann", PETER.id(), new byte[1]));
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> tooShort.verify(List.of(OTHER, PETER)));
    }

    /** The two seeds were searched for keys whose ids are the same. */
    @Test
    void twoKnownKeysThatASignatureCannotTellApartAreRefused() throws Exception {
        Ed25519PrivateKey first = Ed25519PrivateKey.ofSeed(ByteBuffer.allocate(32).putInt(8_575).array());
        VerifierKey one = new VerifierKey("log.example", VerifierKey.ED25519, first.publicKey());
        VerifierKey two = new VerifierKey("log.example", VerifierKey.ED25519,
                Ed25519PrivateKey.ofSeed(ByteBuffer.allocate(32).putInt(35_865).array()).publicKey());
        assertThat(one.id()).isEqualTo(two.id());
        SignedNote note = SignedNote.sign(TEXT, one, first);
        assertThat(note.verify(List.of(one, one))).containsOnlyKeys(one);
        assertThatIllegalArgumentException().isThrownBy(() -> note.verify(List.of(one, two)));
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> note.verify(List.of(two)));
    }

    @Property(tries = 200)
    void noByteOfASignedNoteCanChange(@ForAll @IntRange(max = 1 << 20) int which) {
        byte[] changed = NOTE.getBytes(UTF_8);
        int at = which / 8 % changed.length;
        changed[at] ^= (byte) (1 << which % 8);
        try {
            assertThat(SignedNote.parse(changed).verify(List.of(PETER))).as("byte %d", at).isEmpty();
        } catch (IllegalArgumentException | NotVerified e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n", "\n\n", "T", "T\n", "T\n\n", "T\n\nL", "TL\n", "\u0001T\nL\n", "T\r\n\r\nL\n",
            "T\t\n\nL\n", "T\u0000\n\nL\n", "T\n\nL\n\n", "T\n\nL\nUnexpected line.\n", "T\n\n\nL\n ", "\nL\n",
            "T\n\n- PeterNeumann x08go/ZJ\n", "T\n\n—PeterNeumann x08go/ZJ\n", "T\n\n— PeterNeumann\n",
            "T\n\n—  x08go/ZJ\n", "T\n\n— Peter Neumann x08go/ZJ\n", "T\n\n— Peter\u00a0Neumann x08go/ZJ\n",
            "T\n\n— Peter\u2003Neumann x08go/ZJ\n", "T\n\n— Peter\u0085Neumann x08go/ZJ\n", "T\n\n— Peter+Neumann x08go/ZJ\n",
            "T\n\n— PeterNeumann  x08go/ZJ\n", "T\n\n— PeterNeumann x08go/ZJ \n", "T\n\n— PeterNeumann x08go/\n",
            "T\n\n— PeterNeumann x08gow==\n", "T\n\n— PeterNeumann x08go/Y\n", "T\n\n— PeterNeumann x08go/ZJk\n",
            "T\n\n— PeterNeumann x08go/ZJkv==\n", "T\n\n— PeterNeumann x08go_ZJ\n", "T\n\n— PeterNeumann \n" })
    void whatIsNotExactlyANoteIsRefused(String pattern) {
        String note = pattern.replace("T", TEXT.strip()).replace("L", LINE.strip());
        assertThatIllegalArgumentException().as(note).isThrownBy(() -> SignedNote.parse(note.getBytes(UTF_8)));
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        for (byte[] bad : List.of(new byte[] { -1 }, new byte[] { (byte) 0xc0, (byte) 0x80 },
                new byte[] { (byte) 0xed, (byte) 0xa0, (byte) 0x80 }, new byte[] { (byte) 0xe2, (byte) 0x80 })) {
            byte[] note = Arrays.copyOf(bad, bad.length + NOTE.getBytes(UTF_8).length);
            System.arraycopy(NOTE.getBytes(UTF_8), 0, note, bad.length, NOTE.getBytes(UTF_8).length);
            assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.parse(note)).withMessageContaining("UTF-8");
        }
    }

    @Test
    void aNoteHasAtMost100SignaturesAndAMebibyte() throws Exception {
        byte[] hundred = (TEXT + "\n" + LINE.repeat(100)).getBytes(UTF_8);
        assertThat(SignedNote.parse(hundred).verify(List.of(PETER))).containsOnlyKeys(PETER);
        byte[] more = (TEXT + "\n" + LINE.repeat(101)).getBytes(UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.parse(more)).withMessageContaining("100");
        NoteSignature signature = SignedNote.parse(NOTE.getBytes(UTF_8)).signatures().get(0);
        assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote(TEXT, Collections.nCopies(101, signature)));
        assertThatIllegalArgumentException().isThrownBy(() -> new SignedNote(TEXT, List.of()));

        int rest = SignedNote.MAX_BYTES - 2 - LINE.getBytes(UTF_8).length;
        byte[] largest = ("x".repeat(rest) + "\n\n" + LINE).getBytes(UTF_8);
        assertThat(SignedNote.parse(largest).format()).isEqualTo(largest).hasSize(SignedNote.MAX_BYTES);
        byte[] larger = ("x".repeat(rest + 1) + "\n\n" + LINE).getBytes(UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.parse(larger)).withMessageContaining("bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedNote.sign("x".repeat(SignedNote.MAX_BYTES) + "\n", PETER, PETERS));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "no newline", "a\tb\n", "a\r\n", "\ud800\n" })
    void whatCannotBeANotesTextIsNotSigned(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.sign(text, PETER, PETERS));
    }

    @Test
    void nobodySignsForAnotherKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.sign(TEXT, PETER, OTHERS.privateKey()));
        VerifierKey witness = new VerifierKey("PeterNeumann", VerifierKey.COSIGNATURE_V1, PETER.publicKey());
        assertThatIllegalArgumentException().isThrownBy(() -> SignedNote.sign(TEXT, witness, PETERS));
    }

    @Property(tries = 1_500)
    void anyPiecesAreRefusedOrAreTheNoteThatWasRead(@ForAll List<@IntRange(max = 11) Integer> pieces) {
        List<String> parts = List.of("\n", "\n\n", LINE, "text", "— ", "a.example/b", " ", "x08go/ZJ", "+", "=", "\u00a0", "é");
        List<String> chosen = new ArrayList<>();
        pieces.forEach(piece -> chosen.add(parts.get(piece)));
        byte[] note = (String.join("", chosen) + LINE).getBytes(UTF_8);
        try {
            assertThat(SignedNote.parse(note).format()).isEqualTo(note);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static Ed25519PrivateKey seed(String typeAndSeed) {
        return Ed25519PrivateKey.ofSeed(Arrays.copyOfRange(Base64.getDecoder().decode(typeAndSeed), 1, 33));
    }
}
