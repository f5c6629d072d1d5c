package io.zeroui.contracts.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddCheckpointTest {

    /** The example of https://c2sp.org/tlog-witness. */
    private static final String EXAMPLE = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
            """;

    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final SignedNote NOTE = SignedNote.sign(Checkpoint.of("a.example/log", 3, Hash.ZERO).text(),
            new VerifierKey("a.example/log", VerifierKey.ED25519, KEYS.publicKey()), KEYS.privateKey());

    @Test
    void theExampleOfTheSpecificationIsReadAndWrittenByteForByte() {
        byte[] body = EXAMPLE.getBytes(StandardCharsets.UTF_8);

        AddCheckpoint read = AddCheckpoint.parse(body);

        assertThat(read.oldSize()).isEqualTo(20852014);
        assertThat(read.proof()).hasSize(4);
        assertThat(Checkpoint.parse(read.checkpoint().text()).size()).isEqualTo(20852163);
        assertThat(read.checkpoint().signatures()).hasSize(2);
        assertThat(read.format()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"old 01\n\n", "old -1\n\n", "old 1\r\n\n", "old\n\n", "Old 1\n\n", "old 1 \n\n", "old 1", "old 1\nx\n\n",
            "old 0\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\n", "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkax=\n\n",
            "old 1\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw\n\n", "old 9999999999999999999\n\n", "\nold 1\n\n"})
    void anotherFormIsRefused(String head) {
        String body = head + new String(NOTE.format(), StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> AddCheckpoint.parse(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsTooLongIsRefused() {
        String hash = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n";
        String note = new String(NOTE.format(), StandardCharsets.UTF_8);
        assertThat(AddCheckpoint.parse(("old 1\n" + hash.repeat(63) + "\n" + note).getBytes(StandardCharsets.UTF_8)).proof())
                .hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(
                () -> AddCheckpoint.parse(("old 1\n" + hash.repeat(64) + "\n" + note).getBytes(StandardCharsets.UTF_8)));
        assertThatIllegalArgumentException().isThrownBy(() -> AddCheckpoint.parse(new byte[AddCheckpoint.MAX_BYTES + 1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AddCheckpoint(1, Collections.nCopies(64, Hash.ZERO), NOTE));
    }

    @Test
    void theSizeInAnAnswerIsReadStrictly() {
        assertThat(AddCheckpoint.parseSize("20852014\n".getBytes(StandardCharsets.UTF_8))).isEqualTo(20852014);
        assertThat(AddCheckpoint.parseSize("0\n".getBytes(StandardCharsets.UTF_8))).isZero();
        for (String wrong : List.of("", "1", "01\n", "-1\n", "1\n\n", "99999999999999999999\n", "9999999999999999999\n", "x\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AddCheckpoint.parseSize(wrong.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void payloadsThatAreTooLargeOrHalfAreNoEvents() {
        String offer = "{\"tenant_id\":\"acme\",\"region\":\"local\",\"log_key\":\"k\",\"old_size\":%s,\"proof\":%s,\"checkpoint\":\"c\"}";
        assertThat(offer(offer.formatted("0", "[]")).proof()).isEmpty();
        for (String wrong : List.of(offer.formatted("-1", "[]"), offer.formatted("0", "[null]"), offer.formatted("null", "[]"),
                offer.formatted("1", "[" + "\"x\",".repeat(63) + "\"x\"]"), "{}", offer.formatted("0", "null"),
                offer.formatted("0", "[]").replace("\"c\"", "\"" + "c".repeat(AddCheckpoint.MAX_CHECKPOINT_BYTES + 1) + "\""))) {
            assertThatThrownBy(() -> offer(wrong)).isInstanceOf(InvalidEvent.class);
        }
        CheckpointOffer good = offer(offer.formatted("0", "[]"));
        assertThat(EventJson.read(EventJson.write(WitnessAnswer.refused(good, 3, null, WitnessRefusal.CONFLICT, 5, "why")),
                WitnessAnswer.class)).isEqualTo(WitnessAnswer.refused(good, 3, null, WitnessRefusal.CONFLICT, 5, "why"));
        for (String wrong : List.of("{\"tenant_id\":\"acme\",\"region\":\"local\",\"size\":1,\"known_size\":0}",
                "{\"tenant_id\":\"acme\",\"region\":\"local\",\"size\":1,\"known_size\":0,\"root_hash\":\"r\",\"witness_key\":\"k\"}",
                "{\"tenant_id\":\"acme\",\"region\":\"local\",\"size\":1,\"known_size\":0,\"refusal\":\"whatever\"}")) {
            assertThatThrownBy(() -> EventJson.read(wrong.getBytes(StandardCharsets.UTF_8), WitnessAnswer.class))
                    .isInstanceOf(InvalidEvent.class);
        }
    }

    private static CheckpointOffer offer(String json) {
        return EventJson.read(json.getBytes(StandardCharsets.UTF_8), CheckpointOffer.class);
    }
}
