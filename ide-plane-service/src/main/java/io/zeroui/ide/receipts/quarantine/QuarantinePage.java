package io.zeroui.ide.receipts.quarantine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.zeroui.runtime.fabric.Quarantine;
import io.zeroui.runtime.fabric.QuarantineEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the listing.
 *
 * @param entries newest first
 * @param nextCursor where the listing goes on; absent at its end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuarantinePage(List<QuarantineEntry> entries, @JsonProperty("next_cursor") @Nullable String nextCursor) {

    static QuarantinePage of(Quarantine.Page page) {
        return new QuarantinePage(page.entries(), page.nextCursor());
    }
}
