package io.zeroui.runtime.security.tokens;

import io.quarkus.scheduler.Scheduled;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.SecurityConfig;
import io.zeroui.runtime.security.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON Web Tokens (RFC 7519): issuer, audience, time and signature by one of the issuer's keys. The claim
 * {@code tenant_id} says whose data the caller may reach; {@code roles} (an array) and {@code scope} (words) name permissions,
 * and what else they name is ignored. Only asymmetric signatures are accepted. A token that was accepted is known again by its
 * hash until it ends, or the issuer's keys are read anew. The check blocks for no I/O.
 */
@ApplicationScoped
public class BearerTokens {

    /** How far the issuer's clock may differ from ours, in seconds. */
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int MAX_LENGTH = 8192;
    private static final int MAX_SUBJECT_LENGTH = 200;
    private static final int KNOWN_MOST = 1_000;
    private static final String[] ALGORITHMS = {AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384, AlgorithmIdentifiers.EDDSA};

    private final @Nullable IssuerKeys keys;
    private final @Nullable JwtConsumer consumer;
    /** Another map after every reading of the keys: what was checked with the keys before goes into the map before. */
    private volatile Map<SecretHash, Known> known = new ConcurrentHashMap<>();

    /**
     * A token that was accepted.
     *
     * @param end Unix second in which it ends, without the skew of clocks
     */
    private record Known(Verdict.Accepted accepted, long end) {
    }

    /**
     * A check with the configured issuer and keys.
     *
     * @throws IllegalStateException when only one of issuer and keys is set, or the keys cannot be read
     */
    BearerTokens(SecurityConfig config) {
        SecurityConfig.Jwt jwt = config.jwt();
        if (jwt.issuer().isPresent() != jwt.keys().isPresent()) {
            throw new IllegalStateException("ZEROUI_JWT_ISSUER and ZEROUI_JWT_KEYS belong together; one of them is not set");
        }
        IssuerKeys read = jwt.keys().map(IssuerKeys::read).orElse(null);
        keys = read;
        consumer = read == null ? null : new JwtConsumerBuilder()
                .setExpectedIssuer(jwt.issuer().orElseThrow())
                .setExpectedAudience(jwt.audience())
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, ALGORITHMS)
                .setVerificationKeyResolver(read)
                .build();
    }

    /** Takes the keys that the issuer's file has now. */
    @Scheduled(every = "{zeroui.security.refresh}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        IssuerKeys read = keys;
        if (read != null) {
            read.refresh();
            known = new ConcurrentHashMap<>();
        }
    }

    /** Accepted or rejected. */
    public Verdict check(String token) {
        JwtConsumer checking = consumer;
        if (checking == null || token.length() > MAX_LENGTH) {
            return new Verdict.Rejected();
        }
        Map<SecretHash, Known> present = known;
        SecretHash hash = SecretHash.ofSecret(token);
        Known before = present.get(hash);
        if (before != null && Instant.now().getEpochSecond() < before.end()) {
            return before.accepted();
        }
        Known found = find(token, checking);
        if (found == null) {
            return new Verdict.Rejected();
        }
        if (present.size() < KNOWN_MOST) {
            present.put(hash, found);
        }
        return found.accepted();
    }

    private static @Nullable Known find(String token, JwtConsumer checking) {
        try {
            JwtClaims checked = checking.processToClaims(token);
            Map<String, Object> claims = checked.getClaimsMap();
            String subject = String.valueOf(claims.get("sub"));
            if (subject.length() > MAX_SUBJECT_LENGTH || subject.chars().anyMatch(Character::isISOControl)) {
                return null;
            }
            Object tenant = claims.get("tenant_id");
            Caller caller = new Caller("token:" + subject, tenant == null ? null : TenantId.of(String.valueOf(tenant)),
                    permissions(claims));
            return new Known(new Verdict.Accepted(caller), checked.getExpirationTime().getValue());
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Set<Permission> permissions(Map<String, Object> claims) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        Object roles = claims.get("roles");
        if (roles instanceof Collection<?> names) {
            names.forEach(name -> Permission.find(String.valueOf(name)).ifPresent(permissions::add));
        }
        Object scope = claims.get("scope");
        if (scope instanceof String words) {
            List.of(words.split(" ", -1)).forEach(word -> Permission.find(word).ifPresent(permissions::add));
        }
        return permissions;
    }
}
