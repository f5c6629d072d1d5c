package io.zeroui.runtime.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.SecurityConfig;
import io.zeroui.runtime.security.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokensTest {

    private static final RsaJsonWebKey KEY = key("current");
    private static final RsaJsonWebKey OTHER = key("current");

    @TempDir
    Path folder;
    private BearerTokens tokens;

    @BeforeEach
    void configure() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys.json"), new JsonWebKeySet(KEY)
                .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        tokens = new BearerTokens(config(Map.of("zeroui.security.jwt.issuer", "https://issuer.test",
                "zeroui.security.jwt.keys", keys.toString())));
    }

    @Test
    void aTokenOfTheIssuerSaysWhoCallsAndWhatHeMay() {
        Caller caller = ((Verdict.Accepted) tokens.check(token(KEY, claims -> {
            claims.setStringListClaim("roles", List.of("evidence:read", "unknown"));
            claims.setStringClaim("scope", "reports:read openid");
        }))).caller();
        assertThat(caller.subject()).isEqualTo("token:ada");
        assertThat(caller.tenant()).isEqualTo(TenantId.of("acme"));
        assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.EVIDENCE_READ, Permission.REPORTS_READ);
    }

    @Test
    void aPemOfTheIssuerIsAsGoodAsASet() throws Exception {
        Path pem = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder().encodeToString(KEY.getPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n");
        BearerTokens byPem = new BearerTokens(config(Map.of("zeroui.security.jwt.issuer", "https://issuer.test",
                "zeroui.security.jwt.keys", pem.toString())));
        assertThat(byPem.check(token(KEY, claims -> { }))).isInstanceOf(Verdict.Accepted.class);
        assertThat(byPem.check(token(OTHER, claims -> { }))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void wrongIssuerAudienceTimeSubjectOrTenantIsRejected() {
        rejected(token(KEY, claims -> claims.setIssuer("https://other.test")));
        rejected(token(KEY, claims -> claims.setAudience("somebody-else")));
        rejected(token(KEY, claims -> claims.setExpirationTimeMinutesInTheFuture(-5)));
        rejected(token(KEY, claims -> claims.unsetClaim("exp")));
        rejected(token(KEY, claims -> claims.setNotBeforeMinutesInThePast(-5)));
        rejected(token(KEY, claims -> claims.unsetClaim("sub")));
        rejected(token(KEY, claims -> claims.setSubject("a\nb")));
        rejected(token(KEY, claims -> claims.setStringClaim("tenant_id", "../x")));
    }

    @Test
    void anotherKeyIsRejectedAlsoUnderTheSameKeyId() {
        rejected(token(OTHER, claims -> { }));
    }

    @Test
    void theIssuersFileMayBeExchangedAndABrokenOneChangesNothing() throws Exception {
        Path keys = folder.resolve("keys.json");
        Files.writeString(keys, "{\"keys\": [");
        tokens.refresh();
        assertThat(tokens.check(token(KEY, claims -> { }))).isInstanceOf(Verdict.Accepted.class);
        Files.writeString(keys, new JsonWebKeySet(OTHER).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        tokens.refresh();
        assertThat(tokens.check(token(OTHER, claims -> { }))).isInstanceOf(Verdict.Accepted.class);
        rejected(token(KEY, claims -> { }));
        Files.delete(keys);
        tokens.refresh();
        assertThat(tokens.check(token(OTHER, claims -> { }))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anAcceptedTokenIsKnownAgainUntilTheKeysAreRead() {
        String good = token(KEY, claims -> { });
        Verdict first = tokens.check(good);
        assertThat(first).isInstanceOf(Verdict.Accepted.class);
        assertThat(tokens.check(good)).isSameAs(first);
        tokens.refresh();
        assertThat(tokens.check(good)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void aTokenThatWasAcceptedIsRejectedOnceTheIssuerHasOtherKeys() throws Exception {
        String good = token(KEY, claims -> { });
        assertThat(tokens.check(good)).isInstanceOf(Verdict.Accepted.class);
        Files.writeString(folder.resolve("keys.json"), new JsonWebKeySet(OTHER).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
        tokens.refresh();
        rejected(good);
    }

    @Test
    void aTokenThatEndedWithinTheSkewOfClocksIsCheckedEveryTime() {
        String ended = token(KEY, claims -> claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 10)));
        Verdict first = tokens.check(ended);
        assertThat(first).isInstanceOf(Verdict.Accepted.class);
        assertThat(tokens.check(ended)).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void noSignatureOrASymmetricOneIsRejected() throws Exception {
        JsonWebSignature none = signature(claims());
        none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        rejected(none.getCompactSerialization());
        JsonWebSignature symmetric = signature(claims());
        symmetric.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        symmetric.setKeyIdHeaderValue("current");
        symmetric.setKey(new HmacKey(KEY.getPublicKey().getEncoded()));
        rejected(symmetric.getCompactSerialization());
    }

    @Test
    void aChangedTokenAndWhatIsNoneAreRejected() {
        String good = token(KEY, claims -> { });
        String[] parts = good.split("\\.", -1);
        String forged = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(
                claims().toJson().replace("acme", "evil").getBytes(StandardCharsets.UTF_8));
        rejected(parts[0] + "." + forged + "." + parts[2]);
        rejected("");
        rejected("a.b.c");
        rejected("x".repeat(10_000));
    }

    @Test
    void withoutAnIssuerNoTokenIsAccepted() {
        assertThat(new BearerTokens(config(Map.of())).check(token(KEY, claims -> { }))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void anIssuerWithoutKeysIsAMistakeThatIsNamed() {
        assertThatThrownBy(() -> new BearerTokens(config(Map.of("zeroui.security.jwt.issuer", "x"))))
                .hasMessageContaining("ZEROUI_JWT_KEYS");
    }

    private void rejected(String token) {
        assertThat(tokens.check(token)).isInstanceOf(Verdict.Rejected.class);
    }

    private static String token(RsaJsonWebKey key, Consumer<JwtClaims> change) {
        JwtClaims claims = claims();
        change.accept(claims);
        JsonWebSignature signature = signature(claims);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonWebSignature signature(JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        return signature;
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("https://issuer.test");
        claims.setAudience("zeroui");
        claims.setSubject("ada");
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("tenant_id", "acme");
        return claims;
    }

    private static SecurityConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().withMapping(SecurityConfig.class).withDefaultValues(settings).build()
                .getConfigMapping(SecurityConfig.class);
    }

    private static RsaJsonWebKey key(String kid) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(kid);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
