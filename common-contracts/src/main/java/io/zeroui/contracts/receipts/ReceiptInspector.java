package io.zeroui.contracts.receipts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import io.zeroui.contracts.receipts.Inspection.Accepted;
import io.zeroui.contracts.receipts.Inspection.Refused;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.ReceiptSignature;
import io.zeroui.contracts.signature.TrustStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a line may be stored as a receipt: one JSON object within limits, the shape of a receipt, metadata
 * only, not from the future, signed by a trusted key. Thread-safe; never throws for any bytes.
 */
public final class ReceiptInspector {

    private final JsonLimits limits;
    private final Duration maxClockSkew;

    /**
     * An inspector with its limits.
     *
     * @param limits of one line
     * @param maxClockSkew how far in the future a receipt's time may be
     */
    public ReceiptInspector(JsonLimits limits, Duration maxClockSkew) {
        this.limits = limits;
        this.maxClockSkew = maxClockSkew;
    }

    /** An inspector with the limits of receipts and a skew of five minutes. */
    public static ReceiptInspector withDefaults() {
        return new ReceiptInspector(JsonLimits.RECEIPT, Duration.ofMinutes(5));
    }

    /**
     * The verdict on a line that arrives now.
     *
     * @param line the bytes without a line feed; they are kept, not copied
     */
    public Inspection inspect(byte[] line, TrustStore trust, Instant now) {
        return verdict(line, trust, now.plus(maxClockSkew), header -> now);
    }

    /**
     * The verdict on a line that was found in a file, where nobody knows since when it has been there: its key is judged by the
     * receipt's own time. Whoever holds a stolen key can forge that, so this is not the last word.
     */
    public Inspection inspectFound(byte[] line, TrustStore trust, Instant now) {
        return verdict(line, trust, now.plus(maxClockSkew),
                header -> header.timestampUtc().isBefore(now) ? header.timestampUtc() : now);
    }

    /**
     * The verdict on a line that is stored: the same without the rule about the future.
     *
     * @param takenIn when it was taken in
     */
    public Inspection inspectStored(byte[] line, TrustStore trust, Instant takenIn) {
        return verdict(line, trust, null, header -> takenIn);
    }

    private Inspection verdict(byte[] line, TrustStore trust, @Nullable Instant latest,
            Function<ReceiptHeader, Instant> takenIn) {
        try {
            return accept(line, trust, latest, takenIn);
        } catch (InvalidJson e) {
            return new Refused(Refusal.of(reason(e), e.detail()));
        } catch (ReceiptRefused e) {
            return new Refused(e.refusal());
        }
    }

    private Accepted accept(byte[] line, TrustStore trust, @Nullable Instant latest, Function<ReceiptHeader, Instant> takenIn)
            throws InvalidJson, ReceiptRefused {
        ObjectNode receipt = StrictJson.parseObject(line, limits);
        ReceiptShape shape = new ReceiptShape(receipt);
        ReceiptHeader header = shape.read();
        Finding finding = MetadataOnlyRule.find(receipt);
        if (finding != null) {
            throw new ReceiptRefused(reason(finding), "contains " + finding.what(), finding.path());
        }
        if (latest != null && header.timestampUtc().isAfter(latest)) {
            throw new ReceiptRefused(RefusalReason.TIMESTAMP_IN_FUTURE,
                    "/timestamp_utc is more than " + maxClockSkew + " in the future", "/timestamp_utc");
        }
        ReceiptSignature signature = shape.signature();
        Ed25519PublicKey key = verify(receipt, signature, trust, takenIn.apply(header));
        return new Accepted(new ReceiptLine(line, Hash.of(line), header), signature, key);
    }

    private static Ed25519PublicKey verify(ObjectNode receipt, ReceiptSignature signature, TrustStore trust, Instant takenIn)
            throws ReceiptRefused {
        Ed25519PublicKey key = trust.find(signature.kid());
        if (key == null) {
            throw new ReceiptRefused(RefusalReason.KID_UNKNOWN, "no key " + signature.kid() + " is trusted here",
                    "/signature");
        }
        KeyObjection objection = trust.objection(signature.kid(), key, takenIn);
        boolean isOtherKey = objection == KeyObjection.SWAPPED || objection == KeyObjection.DOCUMENT_DAMAGED;
        if (!isOtherKey && !DocumentSigner.verify(receipt, signature, key)) {
            throw new ReceiptRefused(RefusalReason.SIGNATURE_INVALID,
                    "the signature is not that of key " + signature.kid() + " over this receipt", "/signature");
        }
        if (objection != null) {
            throw new ReceiptRefused(RefusalReason.of(objection), "key " + signature.kid() + " " + objection.words(), "/signature");
        }
        return key;
    }

    private static RefusalReason reason(Finding finding) {
        return switch (finding.kind()) {
            case SOURCE_CODE -> RefusalReason.CONTAINS_SOURCE_CODE;
            case SECRET -> RefusalReason.CONTAINS_SECRET;
            case PERSONAL_DATA -> RefusalReason.CONTAINS_PERSONAL_DATA;
        };
    }

    private static RefusalReason reason(InvalidJson e) {
        return switch (e.reason()) {
            case NOT_JSON, TRAILING_TEXT -> RefusalReason.NOT_JSON;
            case NOT_AN_OBJECT -> RefusalReason.NOT_AN_OBJECT;
            case DUPLICATE_MEMBER -> RefusalReason.DUPLICATE_MEMBER;
            case TOO_LARGE -> RefusalReason.TOO_LARGE;
            case TOO_DEEP -> RefusalReason.TOO_DEEP;
            case BOM -> RefusalReason.BOM;
            case NUL -> RefusalReason.NUL;
            case CARRIAGE_RETURN -> RefusalReason.CRLF;
            case LINE_FEED -> RefusalReason.NOT_ONE_LINE;
            case INVALID_UTF8 -> RefusalReason.INVALID_UTF8;
            case NUMBER_OUT_OF_RANGE -> RefusalReason.INVALID_VALUE;
        };
    }
}
