package io.zeroui.tenant.evidence.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Exports as they lie in {@code export.json}; what is asked for has the members of the request. */
final class ExportCodec {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExportCodec() {
    }

    static byte[] write(Export export) {
        ObjectNode node = JSON.createObjectNode().put("v", VERSION).put("export_id", export.id().value())
                .put("tenant_id", export.tenant().value()).put("state", export.state().key())
                .put("requested_by", export.requestedBy()).put("requested_at", export.requestedAt().toString());
        ObjectNode wish = node.putObject("wish").put("format", export.wish().format().key())
                .put("compression", export.wish().compression());
        for (Map.Entry<String, String> filter : export.wish().filters().members().entrySet()) {
            wish.put(filter.getKey(), filter.getValue());
        }
        Export.Moment moment = export.moment();
        if (moment != null) {
            node.put("ledger_sequence", moment.pin()).put("rows_expected", moment.rows());
        }
        Export.File file = export.file();
        if (file != null) {
            node.put("rows", file.rows()).put("bytes", file.bytes()).put("sha256", file.sha256())
                    .put("expires_at", file.expiresAt().toString());
        }
        Export.End end = export.end();
        if (end != null) {
            node.put("reason", end.reason().key()).put("detail", end.detail()).put("ended_at", end.at().toString());
        }
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object can always be written", e);
        }
    }

    /** @throws IOException when the bytes are no export of that tenant and id, or one of another version */
    static Export read(TenantId tenant, ExportId id, byte[] bytes) throws IOException {
        JsonNode node = JSON.readTree(bytes);
        if (node == null || node.path("v").asInt() != VERSION || !node.path("tenant_id").asText().equals(tenant.value())
                || !node.path("export_id").asText().equals(id.value())) {
            throw new IOException("not the export " + id + " of " + tenant + " in version " + VERSION);
        }
        try {
            ExportWish wish = ExportWish.parse(JSON.writeValueAsBytes(node.path("wish")));
            Export.Moment moment = node.has("ledger_sequence")
                    ? new Export.Moment(node.path("ledger_sequence").asLong(), node.path("rows_expected").asLong())
                    : null;
            Export.File file = node.has("sha256")
                    ? new Export.File(node.path("rows").asLong(), node.path("bytes").asLong(),
                            Hash.parse(node.path("sha256").asText()).hex(), Instant.parse(node.path("expires_at").asText()))
                    : null;
            Export.End end = node.has("reason")
                    ? new Export.End(Export.Reason.valueOf(node.path("reason").asText().toUpperCase(Locale.ROOT)),
                            node.path("detail").asText(), Instant.parse(node.path("ended_at").asText()))
                    : null;
            Export.State state = Export.State.valueOf(node.path("state").asText().toUpperCase(Locale.ROOT));
            if (state == Export.State.DONE && (file == null || moment == null) || (state == Export.State.FAILED
                    || state == Export.State.EXPIRED) && end == null) {
                throw new IOException("the export " + id + " lacks members of its state");
            }
            return new Export(id, tenant, state, wish, node.path("requested_by").asText(),
                    Instant.parse(node.path("requested_at").asText()), moment, file, end);
        } catch (IllegalArgumentException | DateTimeException | ProblemException e) {
            throw new IOException("the export " + id + " of " + tenant + " cannot be read: " + e.getMessage(), e);
        }
    }
}
