package io.zeroui.contracts.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialTextTest {

    @Test
    void theSecretOfAKeyGoesAndItsIdStays() {
        ApiKey key = ApiKey.generate(KeyScope.TENANT);
        String whole = key.reveal();
        assertThat(CredentialText.redacted("There is nothing at /v1/" + whole + "/x")).isEqualTo("There is nothing at /v1/" + key + "/x");
        assertThat(CredentialText.redacted(whole.substring(0, whole.length() - 20))).isEqualTo(key.toString());
        assertThat(CredentialText.redacted(whole + " " + whole)).isEqualTo(key + " " + key);
        assertThat(CredentialText.redacted("x" + whole + "y")).isEqualTo("x" + key);
    }

    @Test
    void tokensGoAlsoBrokenOnes() {
        assertThat(CredentialText.redacted("a eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-x_y b")).isEqualTo("a eyJ… b");
        assertThat(CredentialText.redacted("eyJhbGciOiJSUzI1NiJ9..c2ln")).isEqualTo("eyJ…");
    }

    @Test
    void otherTextStays() {
        for (String text : new String[] {"", "There is nothing at /v1/receipts", "zu_root", "/srv/zu_root/ide/receipts", "eyJ"}) {
            assertThat(CredentialText.redacted(text)).isEqualTo(text);
        }
    }
}
