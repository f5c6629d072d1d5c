package io.zeroui.cli.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;
import java.io.PrintWriter;

/** Receipts as they are printed: one object a line for programs, columns for people. */
final class ReceiptLines {

    private static final String COLUMNS = "%-27s %-10s %-24s %-20s %-10s %s";

    private ReceiptLines() {
    }

    /** One line of JSON each. */
    static void json(PrintWriter out, Iterable<JsonNode> receipts) {
        receipts.forEach(receipt -> out.println(receipt.toString()));
        out.flush();
    }

    /** A table. */
    static void table(PrintWriter out, Iterable<JsonNode> receipts) {
        Table table = Table.of("TIME", "STATUS", "GATE", "REPO", "LEDGER", "RECEIPT");
        receipts.forEach(receipt -> table.row(cells(receipt)));
        out.print(table.render());
        out.flush();
    }

    /** Lines in columns of one width, for receipts that come in later. */
    static void columns(PrintWriter out, Iterable<JsonNode> receipts) {
        receipts.forEach(receipt -> out.println(COLUMNS.formatted((Object[]) cells(receipt))));
        out.flush();
    }

    private static String[] cells(JsonNode receipt) {
        return new String[] {receipt.path("timestamp_utc").asText(), receipt.path("status").asText(receipt.path("kind").asText()),
                receipt.path("gate_id").asText("-"), receipt.path("repo_id").asText(), receipt.path("ledger_sequence").asText(),
                receipt.path("receipt_id").asText()};
    }
}
