package io.zeroui.contracts.transparency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** With the examples of C2SP tlog-checkpoint and tlog-cosignature, and a checkpoint that the Go checksum database signed. */
class CheckpointTest {

    private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static final String TEXT = "example.com/behind-the-sofa\n20852163\n" + ROOT + "\n";
    private static final String LOGS_BASE64 = "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE"
            + "+xeMcTOAYQ8=";
    private static final String WITNESS_LINE = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEh"
            + "ZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";

    private static final Ed25519KeyPair LOGS = Ed25519.newKeyPair();
    private static final VerifierKey LOG = new VerifierKey("log.example", VerifierKey.ED25519, LOGS.publicKey());
    private static final Ed25519KeyPair WITNESSES = Ed25519.newKeyPair();
    private static final VerifierKey WITNESS = new VerifierKey("witness.example/w1", VerifierKey.COSIGNATURE_V1,
            WITNESSES.publicKey());

    @Test
    void theExampleIsReadAndWritten() {
        Checkpoint checkpoint = Checkpoint.parse(TEXT);
        assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(checkpoint.size()).isEqualTo(20_852_163);
        assertThat(checkpoint.rootHash().hex()).startsWith("0ac5186a91863e8e");
        assertThat(checkpoint.extensions()).isEmpty();
        assertThat(checkpoint).isEqualTo(Checkpoint.of("example.com/behind-the-sofa", 20_852_163, checkpoint.rootHash()));
        assertThat(checkpoint.text()).isEqualTo(TEXT);
    }

    @Test
    void aCheckpointOfTheGoChecksumDatabaseVerifies() throws Exception {
        VerifierKey key = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
        String text = "go.sum database tree\n20852163\n" + ROOT + "\n";
        SignedNote note = SignedNote.parse((text + "\n— sum.golang.org " + LOGS_BASE64 + "\n").getBytes(UTF_8));
        assertThat(note.verify(List.of(key))).containsOnlyKeys(key);
        assertThat(Checkpoint.parse(note.text()).size()).isEqualTo(20_852_163);
    }

    @Test
    void theExampleOfACosignatureIsRead() {
        SignedNote note = SignedNote.parse((TEXT + "\n— example.com/behind-the-sofa " + LOGS_BASE64 + "\n" + WITNESS_LINE
                + "\n").getBytes(UTF_8));
        NoteSignature signature = note.signatures().get(1);
        assertThat(signature.keyName()).isEqualTo("witness.example.com/w1");
        assertThat(signature.keyId()).isEqualTo(0x8d66cf3f);
        assertThat(signature.cosignedAtSeconds()).isEqualTo(1_679_315_147);
        assertThat(signature.line()).isEqualTo(WITNESS_LINE);
        assertThatIllegalArgumentException().isThrownBy(() -> note.signatures().get(0).cosignedAtSeconds());
    }

    @Test
    void aWitnessSignsTheTimeAndTheWholeText() throws Exception {
        String text = TEXT + "an extension\n";
        SignedNote note = SignedNote.sign(text, LOG, LOGS.privateKey()).cosign(WITNESS, WITNESSES.privateKey(), 1_679_315_147);
        NoteSignature cosignature = note.signatures().get(1);
        byte[] signed = ("cosignature/v1\ntime 1679315147\n" + text).getBytes(UTF_8);
        assertThat(cosignature.bytes()).isEqualTo(ByteBuffer.allocate(72).putLong(1_679_315_147L)
                .put(Ed25519.sign(WITNESSES.privateKey(), signed)).array());
        assertThat(SignedNote.parse(note.format()).verify(List.of(LOG, WITNESS))).containsOnlyKeys(LOG, WITNESS)
                .containsEntry(WITNESS, cosignature);
        assertThat(note.verify(List.of(WITNESS)).get(WITNESS).cosignedAtSeconds()).isEqualTo(1_679_315_147);
        assertThat(note.verify(List.of(LOG))).containsOnlyKeys(LOG);
    }

    @Property(tries = 200)
    void noBitOfACosignatureCanChange(@ForAll @IntRange(max = 72 * 8 - 1) int bit) {
        SignedNote note = SignedNote.sign(TEXT, LOG, LOGS.privateKey());
        byte[] bytes = note.cosign(WITNESS, WITNESSES.privateKey(), 5).signatures().get(1).bytes().clone();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        SignedNote changed = note.with(new NoteSignature(WITNESS.name(), WITNESS.id(), bytes));
        assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> changed.verify(List.of(LOG, WITNESS)));
    }

    @Test
    void aCosignatureOfAnotherLengthDoesNotVerify() {
        SignedNote note = SignedNote.sign(TEXT, LOG, LOGS.privateKey());
        for (int length : List.of(1, 8, 64, 71, 73)) {
            SignedNote changed = note.with(new NoteSignature(WITNESS.name(), WITNESS.id(), new byte[length]));
            assertThatExceptionOfType(NotVerified.class).isThrownBy(() -> changed.verify(List.of(LOG, WITNESS)));
        }
    }

    @Test
    void onlyCheckpointsAreCosignedAndOnlyByWitnessesInTheirTime() {
        SignedNote note = SignedNote.sign(TEXT, LOG, LOGS.privateKey());
        SignedNote other = SignedNote.sign("not a checkpoint\n", LOG, LOGS.privateKey());
        assertThatIllegalArgumentException().isThrownBy(() -> other.cosign(WITNESS, WITNESSES.privateKey(), 5));
        assertThatIllegalArgumentException().isThrownBy(() -> note.cosign(WITNESS, WITNESSES.privateKey(), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> note.cosign(WITNESS, LOGS.privateKey(), 5));
        assertThatIllegalArgumentException().isThrownBy(() -> note.cosign(LOG, LOGS.privateKey(), 5));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n", "o\n1\n", "o\n1\nR", "\n1\nR\n", "o\n\nR\n", "o\n1\n\n", "o\n1\nR\n\n", "o\n1\nR\ne\n\n",
            "o\n1\nR\n\ne\n", "o\n01\nR\n", "o\n00\nR\n", "o\n+1\nR\n", "o\n-1\nR\n", "o\n1 \nR\n", "o\n 1\nR\n", "o\n1.0\nR\n",
            "o\n0x1\nR\n", "o\n\u0661\nR\n", "o\n9223372036854775808\nR\n", "o\n18446744073709551616\nR\n", "o\n0\nR\n",
            "o\n1\nR=\n", "o\n1\n R\n", "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
            "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n", "o\n1\nAAAA\n", "o\n1\nR\r\n", "o\t\n1\nR\n",
            "\ud800\n1\nR\n" })
    void whatIsNotExactlyACheckpointIsRefused(String pattern) {
        String text = pattern.replace("R", ROOT);
        assertThatIllegalArgumentException().as(text).isThrownBy(() -> Checkpoint.parse(text));
    }

    @Test
    void theEmptyTreeHasTheHashOfNothing() {
        Checkpoint empty = Checkpoint.of("log.example", 0, MerkleTree.EMPTY_ROOT);
        assertThat(empty.text()).isEqualTo("log.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        assertThat(Checkpoint.parse(empty.text())).isEqualTo(empty);
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.of("log.example", 0, Hash.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.of("log.example", -1, Hash.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.of("two\nlines", 1, Hash.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Checkpoint("log.example", 1, Hash.ZERO, List.of("")));
    }

    @Property(tries = 1_000)
    void everyCheckpointIsReadBack(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long size, @ForAll byte[] any,
            @ForAll @IntRange(max = 3) int extensions) {
        List<String> lines = List.of("one", "— two é", "3").subList(0, extensions);
        Checkpoint checkpoint = new Checkpoint("log of a tenant", size, Hash.of(any), lines);
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }

    @Property(tries = 2_000)
    void anyLinesAreRefusedOrAreTheCheckpointThatWasRead(@ForAll List<@IntRange(max = 8) Integer> pieces) {
        List<String> parts = List.of("\n", "\n", "o", "1", "0", "20852163", ROOT, "\n" + ROOT + "\n", "o\n7\n");
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(parts.get(piece)));
        try {
            assertThat(Checkpoint.parse(text.toString()).text()).isEqualTo(text.toString());
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
