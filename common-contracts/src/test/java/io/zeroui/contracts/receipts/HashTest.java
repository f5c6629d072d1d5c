package io.zeroui.contracts.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HashTest {

    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void hashesAreSha256AndEqualByContent() {
        Hash hash = Hash.of(new byte[0]);
        assertThat(hash.hex()).isEqualTo(EMPTY);
        assertThat(hash).isEqualTo(Hash.parse("sha256:" + EMPTY)).isEqualTo(Hash.parse(EMPTY)).hasToString("sha256:" + EMPTY);
        assertThat(hash.hashCode()).isEqualTo(Hash.parse(EMPTY).hashCode());
        assertThat(hash).isNotEqualTo(Hash.ZERO);
    }

    @Test
    void whatIsNoHashIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Hash.parse("sha256:abc"));
        assertThatIllegalArgumentException().isThrownBy(() -> Hash.parse(EMPTY.substring(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Hash(new byte[31]));
    }
}
