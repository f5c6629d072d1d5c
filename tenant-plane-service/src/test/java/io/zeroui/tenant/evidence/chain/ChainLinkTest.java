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

    @Test
    void theFirstLinkHasNoPredecessor() {
        ChainLink first = ChainLink.first(CHAIN, ONE);

        assertThat(first.position()).isEqualTo(1);
        assertThat(first.prevHash()).isEqualTo(Hash.ZERO);
        assertThat(first.isValidFirst()).isTrue();
    }

    @Test
    void theChainHashIsTheDocumentedFormula() throws Exception {
        ChainLink second = ChainLink.first(CHAIN, ONE).next(TWO);

        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update((byte) 1);
        sha256.update(new byte[32]);
        byte[] first = sha256.digest(ONE.bytes());
        sha256.update((byte) 1);
        sha256.update(first);
        assertThat(second.chainHash().bytes()).isEqualTo(sha256.digest(TWO.bytes()));
        assertThat(second.prevHash()).isEqualTo(ONE);
        assertThat(second.position()).isEqualTo(2);
    }

    @Test
    void aLinkIsValidAfterItsPredecessorAndAfterNoOther() {
        ChainLink first = ChainLink.first(CHAIN, ONE);
        ChainLink second = first.next(TWO);
        ChainLink third = second.next(THREE);

        assertThat(third.isValidAfter(second)).isTrue();
        assertThat(third.isValidAfter(first)).isFalse();
        assertThat(second.isValidFirst()).isFalse();
    }

    @Test
    void aRemovedOrExchangedLineBreaksWhatFollows() {
        ChainLink honest = ChainLink.first(CHAIN, ONE).next(TWO).next(THREE);

        assertThat(honest.isValidAfter(ChainLink.first(CHAIN, THREE).next(TWO))).isFalse();
        assertThat(honest.chainHash()).isNotEqualTo(ChainLink.first(CHAIN, ONE).next(THREE).chainHash());
    }
}
