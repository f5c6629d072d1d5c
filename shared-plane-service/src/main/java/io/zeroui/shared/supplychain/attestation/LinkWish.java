package io.zeroui.shared.supplychain.attestation;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * That a subject of an attestation is something that is known here, as a caller says.
 *
 * @param kind {@code adapter}, {@code emitter} or {@code sbom}
 * @param target {@code adapter-id@version}, an emitter's kid, or an object's SHA-256 in hex
 * @param digest the subject's: algorithm, colon, lower-case hex
 */
public record LinkWish(@Nullable String kind, @Nullable String target, @Nullable String digest) {

    private static final Pattern ADAPTER = Pattern.compile("[a-z0-9][a-z0-9._/-]{0,99}@[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}");
    private static final Pattern EMITTER = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern SBOM = Pattern.compile("[0-9a-f]{64}");

    /** A link that was checked. */
    record Link(String kind, String target, String digest) {
    }

    /** The link; a problem when it has another form. */
    Link checked() {
        if (kind == null || target == null || digest == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "A link has kind, target and digest");
        }
        if (!fits(kind, target)) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR,
                    "A link is to an adapter (id@version), an emitter (kid) or an sbom (SHA-256 in hex)");
        }
        return new Link(kind, target, AttestationQuery.digest(digest));
    }

    /** Whether a target of that kind has such a name. */
    static boolean fits(String kind, String target) {
        return switch (kind) {
            case "adapter" -> ADAPTER.matcher(target).matches();
            case "emitter" -> EMITTER.matcher(target).matches();
            case "sbom" -> SBOM.matcher(target).matches();
            default -> false;
        };
    }
}
