package io.zeroui.shared.supplychain.attestation;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which attestations; what is absent is not asked for.
 *
 * @param subject digest of a subject
 * @param predicateType exactly
 * @param builder exactly
 * @param signer identity or kid of who has verifiably signed, exactly
 * @param verified whether the newest verification found so
 * @param linkKind kind of what a subject is linked to
 * @param linkTarget what a subject is linked to
 * @param before only acts before this number
 * @param limit of the page
 */
record AttestationQuery(@Nullable String subject, @Nullable String predicateType, @Nullable String builder, @Nullable String signer,
        @Nullable Boolean verified, @Nullable String linkKind, @Nullable String linkTarget, long before, int limit) {

    static final int LIMIT_MOST = 200;

    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}:[0-9a-f]{2,256}");
    private static final int TEXT_MOST = 1_000;

    static AttestationQuery of(@Nullable String subject, @Nullable String predicateType, @Nullable String builder,
            @Nullable String signer, @Nullable Boolean verified, @Nullable String link, @Nullable String cursor, int limit) {
        int colon = link == null ? -1 : link.indexOf(':');
        String kind = link == null || colon < 0 ? null : link.substring(0, colon);
        String target = link == null || colon < 0 ? null : link.substring(colon + 1);
        if (link != null && (kind == null || target == null || !LinkWish.fits(kind, target))) {
            throw wrong("link is adapter:ID@VERSION, emitter:KID or sbom:SHA-256");
        }
        return new AttestationQuery(subject == null ? null : digest(subject), text(predicateType), text(builder), text(signer), verified,
                kind, target, before(cursor), limit(limit));
    }

    /** A digest in the form that subjects have; a problem otherwise. */
    static String digest(String text) {
        if (!DIGEST.matcher(text).matches()) {
            throw wrong("a digest is an algorithm, a colon and lower-case hex");
        }
        return text;
    }

    static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw wrong("cursor is not one of an answer before");
        }
    }

    static int limit(int limit) {
        if (limit < 1 || limit > LIMIT_MOST) {
            throw wrong("limit is from 1 to " + LIMIT_MOST);
        }
        return limit;
    }

    private static @Nullable String text(@Nullable String text) {
        if (text != null && (text.isEmpty() || text.length() > TEXT_MOST || text.indexOf('\0') >= 0)) {
            throw wrong("a filter has 1 to " + TEXT_MOST + " characters");
        }
        return text;
    }

    private static ProblemException wrong(String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, detail);
    }
}
