package io.zeroui.tenant.evidence.export.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.tenant.evidence.export.ExportId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A link is good for what it was made for and for nothing else. */
class LinkKeyTest {

    private static final byte[] SECRET = new byte[32];
    private static final LinkKey KEY = new LinkKey(SECRET, "local");
    private static final TenantId TENANT = TenantId.of("acme");
    private static final ExportId ID = new ExportId("01234567-89ab-4def-8123-456789abcdef");
    private static final String SHA256 = "ab".repeat(32);
    private static final Random RANDOM = new Random();
    private static final Set<String> SEEN = new HashSet<>();
    private static final long EXPIRES = 1_800_000_000L;
    private static final String SIGNATURE = KEY.sign(TENANT, ID, SHA256, EXPIRES);

    @Test
    void aLinkIsGoodForWhatItWasMadeFor() {
        assertThat(SIGNATURE).matches("[A-Za-z0-9_-]{43}");
        assertThat(KEY.isSigned(TENANT, ID, SHA256, EXPIRES, SIGNATURE)).isTrue();
    }

    @Test
    void everyPartIsCovered() {
        assertThat(KEY.isSigned(TenantId.of("acme2"), ID, SHA256, EXPIRES, SIGNATURE)).isFalse();
        assertThat(KEY.isSigned(TENANT, new ExportId(ID.value().replace('f', 'e')), SHA256, EXPIRES, SIGNATURE)).isFalse();
        assertThat(KEY.isSigned(TENANT, ID, SHA256.replace('a', 'c'), EXPIRES, SIGNATURE)).isFalse();
        assertThat(KEY.isSigned(TENANT, ID, SHA256, EXPIRES + 1, SIGNATURE)).isFalse();
        assertThat(new LinkKey(SECRET, "eu-1").isSigned(TENANT, ID, SHA256, EXPIRES, SIGNATURE)).isFalse();
        byte[] other = SECRET.clone();
        other[31] = 1;
        assertThat(new LinkKey(other, "local").isSigned(TENANT, ID, SHA256, EXPIRES, SIGNATURE)).isFalse();
        for (String wrong : List.of("", SIGNATURE + "=", SIGNATURE + "A", SIGNATURE.substring(1), " " + SIGNATURE)) {
            assertThat(KEY.isSigned(TENANT, ID, SHA256, EXPIRES, wrong)).as(wrong).isFalse();
        }
    }

    @Test
    void noCharacterOfTheSignatureMayBeAnother() {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int place = 0; place < SIGNATURE.length(); place++) {
            for (int by = 1; by < digits.length(); by++) {
                StringBuilder altered = new StringBuilder(SIGNATURE);
                altered.setCharAt(place, digits.charAt((digits.indexOf(SIGNATURE.charAt(place)) + by) % digits.length()));
                assertThat(KEY.isSigned(TENANT, ID, SHA256, EXPIRES, altered.toString())).isFalse();
            }
        }
    }

    @RepeatedTest(200)
    void everySecretAndTimeHasItsOwn() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        long expires = 1 + RANDOM.nextInt(Integer.MAX_VALUE);
        LinkKey key = new LinkKey(secret, "local");
        String signature = key.sign(TENANT, ID, SHA256, expires);
        assertThat(key.isSigned(TENANT, ID, SHA256, expires, signature)).isTrue();
        assertThat(KEY.isSigned(TENANT, ID, SHA256, expires, signature)).isFalse();
        assertThat(SEEN.add(signature)).isTrue();
    }
}
