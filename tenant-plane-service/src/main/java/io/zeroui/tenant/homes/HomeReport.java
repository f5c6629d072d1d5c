package io.zeroui.tenant.homes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.zeroui.contracts.tenants.IsolationTier;
import java.util.Locale;

/**
 * Where a tenant lives and where it is going.
 *
 * @param tenantId the tenant
 * @param tier how its rows are kept apart now
 * @param place the schema or the database, by its name; empty for the shared tables
 * @param wishedTier what the registry wishes
 * @param wishedDatabase for the tier database, which one; empty for others
 * @param state whether it is where it shall be
 * @param copiedRows rows that the move under way, or the last one, has copied
 * @param detail why a move failed, in words; empty otherwise
 */
public record HomeReport(@JsonProperty("tenant_id") String tenantId, IsolationTier tier, String place,
        @JsonProperty("wished_tier") IsolationTier wishedTier, @JsonProperty("wished_database") String wishedDatabase,
        State state, @JsonProperty("copied_rows") long copiedRows, String detail) {

    /** How far it is. */
    public enum State {
        /** It is where it shall be. */
        SETTLED,
        /** It is about to be moved, or being moved. */
        MOVING,
        /** The last attempt failed; it is where it was, and the next attempt comes. */
        FAILED;

        /** As it is written in answers. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
