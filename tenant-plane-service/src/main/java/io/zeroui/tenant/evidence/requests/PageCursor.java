package io.zeroui.tenant.evidence.requests;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended. A client gets it as 56 characters of base64url: version (2 bytes), pin, microseconds and
 * sequence (8 bytes each), and the first 16 bytes of SHA-256 over these, the tenant and the filters. That binds it to its
 * search and shows damage; it is no secret and gives nobody a right: whoever forges one gets pages of his own tenant.
 *
 * @param pin the tenant's last ledger sequence when the first page was read: what came later is not in the pages
 * @param micros time of the page's last receipt, microseconds since 1970
 * @param sequence its ledger sequence; where pages are in the order of a chain, its position there
 */
public record PageCursor(long pin, long micros, long sequence) {

    private static final short VERSION = 1;
    private static final int BODY = Short.BYTES + 3 * Long.BYTES;
    private static final int BINDING = 16;
    /** A multiple of three bytes, so that no two texts mean the same. */
    private static final int CHARACTERS = (BODY + BINDING) / 3 * 4;
    /** The end of the year 9999; as far before 1970 the database has times as well. */
    private static final long MAX_MICROS = 253_402_300_800_000_000L;

    /** The place of a receipt. */
    public static PageCursor at(long pin, Instant time, long sequence) {
        return new PageCursor(pin, ChronoUnit.MICROS.between(Instant.EPOCH, time), sequence);
    }

    /** Time of the page's last receipt. */
    public Instant time() {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** The text for clients. */
    public String format(TenantId tenant, String search) {
        byte[] body = ByteBuffer.allocate(BODY).putShort(VERSION).putLong(pin).putLong(micros).putLong(sequence).array();
        byte[] all = Arrays.copyOf(body, BODY + BINDING);
        System.arraycopy(binding(body, tenant, search), 0, all, BODY, BINDING);
        return Base64.getUrlEncoder().encodeToString(all);
    }

    /**
     * The cursor of a text; empty where the text is none, or one of another tenant's or another search.
     *
     * @param search what the pages are of
     */
    public static Optional<PageCursor> parse(String text, TenantId tenant, String search) {
        if (text.length() != CHARACTERS) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(all, BODY);
        if (all.length != BODY + BINDING
                || !Arrays.equals(Arrays.copyOfRange(all, BODY, all.length), binding(body, tenant, search))) {
            return Optional.empty();
        }
        ByteBuffer values = ByteBuffer.wrap(body);
        short version = values.getShort();
        PageCursor cursor = new PageCursor(values.getLong(), values.getLong(), values.getLong());
        boolean isTime = cursor.micros > -MAX_MICROS && cursor.micros < MAX_MICROS;
        return version == VERSION && isTime ? Optional.of(cursor) : Optional.empty();
    }

    private static byte[] binding(byte[] body, TenantId tenant, String search) {
        byte[] of = (tenant.value() + '\n' + search).getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(BODY + of.length).put(body).put(of).array();
        return Arrays.copyOf(Hash.of(all).bytes(), BINDING);
    }
}
