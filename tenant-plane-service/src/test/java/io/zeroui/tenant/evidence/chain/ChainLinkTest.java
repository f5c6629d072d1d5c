package io.zeroui.tenant.evidence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.receipts.Hash;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class ChainLinkTest {

    private static final ChainId CHAIN = new ChainId("acme:ide:default:unknown");
    private static final Hash ONE = Hash.of(new byte[] {1});
    private static final Hash TWO = Hash.of(new byte[] {2});
    private static final Hash THREE = Hash.of(new byte[] {3});

    private static ChainLink first(Hash line) {
        return ChainLink.first(CHAIN, line, committed(line));
    }

    /** Stands for a commitment, which is another hash than that of the line. */
    private static Hash committed(Hash line) {
        return Hash.of(line.bytes());
    }

    @Test
    void theFirstLinkHasNoPredecessor() {
        ChainLink first = first(ONE);

        assertThat(first.position()).isEqualTo(1);
        assertThat(first.prevHash()).isEqualTo(Hash.ZERO);
        assertThat(first.isValidFirst()).isTrue();
    }

    @Test
    void theChainHashIsTheDocumentedFormula() throws Exception {
        ChainLink second = first(ONE).next(TWO, committed(TWO));

        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update((byte) 1);
        sha256.update(new byte[32]);
        byte[] first = sha256.digest(committed(ONE).bytes());
        sha256.update((byte) 1);
        sha256.update(first);
        assertThat(second.chainHash().bytes()).isEqualTo(sha256.digest(committed(TWO).bytes()));
        assertThat(second.prevHash()).isEqualTo(ONE);
        assertThat(second.position()).isEqualTo(2);
    }

    @Test
    void aLinkIsValidAfterItsPredecessorAndAfterNoOther() {
        ChainLink first = first(ONE);
        ChainLink second = first.next(TWO, committed(TWO));
        ChainLink third = second.next(THREE, committed(THREE));

        assertThat(third.isValidAfter(second)).isTrue();
        assertThat(third.isValidAfter(first)).isFalse();
        assertThat(second.isValidFirst()).isFalse();
    }

    @Test
    void aRemovedOrExchangedLineBreaksWhatFollows() {
        ChainLink honest = first(ONE).next(TWO, committed(TWO)).next(THREE, committed(THREE));

        assertThat(honest.isValidAfter(first(THREE).next(TWO, committed(TWO)))).isFalse();
        assertThat(honest.chainHash()).isNotEqualTo(first(ONE).next(THREE, committed(THREE)).chainHash());
    }

    @Test
    void anErasedLinkKeepsItsPlaceAndWhatFollowsStaysValid() {
        ChainLink first = first(ONE);
        ChainLink erased = first.next(Hash.ZERO, committed(TWO));
        ChainLink third = erased.next(THREE, committed(THREE));

        assertThat(third.chainHash()).isEqualTo(first.next(TWO, committed(TWO)).next(THREE, committed(THREE)).chainHash());
        assertThat(third.prevHash()).isEqualTo(Hash.ZERO);
        assertThat(third.isValidAfter(erased)).isTrue();
        assertThat(third.isValidFirst()).isFalse();
    }
}
