package io.zeroui.tenant.evidence.deadletters;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are not accepted into a tenant's ledger.
 *
 * @param tenant in whose dead-letter folder they are kept
 * @param refusal why
 * @param bytes what came, without a line feed; nobody changes them
 * @param place file (relative to {@code ZU_ROOT}) and offset where they lay; null for what came over the bus
 * @param origin the delivery that brought them; null where there was none
 * @param source how they came
 */
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(TenantId tenant, Refusal refusal, byte[] bytes, @Nullable Place place,
        @Nullable Delivered origin, Source source) {

    /** The ways by which bytes come. */
    public enum Source {
        BUS, FILE, HTTP;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where bytes lay in a file. */
    public record Place(String file, long offset) {
    }

    /** What came over the bus. */
    public static DeadLetter fromBus(TenantId tenant, Refusal refusal, byte[] bytes, @Nullable Delivered origin) {
        return new DeadLetter(tenant, refusal, bytes, null, origin, Source.BUS);
    }

    /** What lay in a file. */
    public static DeadLetter fromFile(TenantId tenant, RefusalReason reason, String detail, byte[] bytes, String file,
            long offset) {
        return new DeadLetter(tenant, Refusal.of(reason, detail), bytes, new Place(file, offset), null, Source.FILE);
    }

    /** What came over HTTP. */
    public static DeadLetter fromHttp(TenantId tenant, Refusal refusal, byte[] bytes) {
        return new DeadLetter(tenant, refusal, bytes, null, null, Source.HTTP);
    }
}
