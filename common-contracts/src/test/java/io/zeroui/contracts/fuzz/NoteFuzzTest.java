package io.zeroui.contracts.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.util.List;

class NoteFuzzTest {

    private static final VerifierKey KEY = new VerifierKey("example.com/log", VerifierKey.ED25519,
            Ed25519PrivateKey.ofSeed(new byte[Ed25519PrivateKey.SEED_LENGTH]).publicKey());

    @FuzzTest(maxDuration = "1m")
    void bytesAreANoteThatIsWrittenAsItWasOrNone(byte[] bytes) {
        SignedNote note;
        try {
            note = SignedNote.parse(bytes);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertThat(note.format()).isEqualTo(bytes);
        try {
            assertThat(note.verify(List.of(KEY))).as("nobody has guessed a signature").isEmpty();
        } catch (NotVerified e) {
            assertThat(e).hasMessageNotContaining("null");
        }
        try {
            assertThat(Checkpoint.parse(note.text()).text()).isEqualTo(note.text());
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }
}
