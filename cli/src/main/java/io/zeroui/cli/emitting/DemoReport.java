package io.zeroui.cli.emitting;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.output.Progress;
import io.zeroui.cli.output.Table;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;

/** What each plane knows of the receipts that the demonstration sent. */
final class DemoReport {

    private static final int ROWS_SHOWN = 12;
    private static final int MAX_TEXT = 1000;
    private static final long COUNTED_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServiceClient client;
    private final PrintWriter out;
    private final String tenant;

    DemoReport(ServiceClient client, PrintWriter out, String tenant) {
        this.client = client;
        this.out = out;
        this.tenant = tenant;
    }

    /** Receipts of the tenant that the product plane has counted on the days that its report covers by default. */
    long counted() {
        return daily().path("count").asLong();
    }

    void ledger(Map<String, String> ways, Map<String, JsonNode> ledger) {
        out.println();
        out.println("tenant plane: " + ledger.size() + " receipts in the ledger");
        Table table = Table.of("RECEIPT", "CAME BY", "LEDGER", "CHAIN POSITION", "HASH");
        List<String> ids = List.copyOf(ways.keySet());
        for (String id : spread(ids)) {
            JsonNode index = ledger.containsKey(id) ? ledger.get(id).path("index") : null;
            if (index == null) {
                table.row(id, ways.getOrDefault(id, ""), "not there", "", "");
            } else {
                table.row(id, ways.getOrDefault(id, ""), index.path("ledger_sequence").asText("-"),
                        index.path("chain_position").asText("-"), index.path("hash").asText("-"));
            }
        }
        out.print(table.render());
        if (ids.size() > ROWS_SHOWN) {
            out.println("… and " + (ids.size() - ROWS_SHOWN) + " more");
        }
    }

    /** Waits a little until the product plane has counted at least so many, then shows its counts. */
    void counts(long wanted, Progress progress) {
        long end = System.nanoTime() + COUNTED_NANOS;
        long counted = counted();
        while (counted < wanted && System.nanoTime() < end) {
            progress.show("counted by the product plane: " + counted + " of " + wanted);
            LockSupport.parkNanos(POLL_NANOS);
            counted = counted();
        }
        out.println();
        out.println("product plane: counts of tenant " + tenant + (counted < wanted ? " (not all counted yet)" : ""));
        Table table = Table.of("DAY", "GATE", "STATUS", "COUNT");
        for (JsonNode row : client.getBody(Plane.PRODUCT, "/v1/reports/receipts?tenant=" + tenant).path("rows")) {
            table.row(row.path("day").asText(), row.path("gate_id").asText(), row.path("status").asText(),
                    row.path("count").asText());
        }
        out.print(table.render());
        Table days = Table.of("DAY", "ALL", "BY STATUS");
        for (JsonNode day : daily().path("days")) {
            days.row(day.path("day").asText(), day.path("count").asText(), day.path("by_status").toString());
        }
        out.print(days.render());
    }

    /** One receipt through the API of each plane that may know it. */
    void lookUp(String id) {
        out.println();
        out.println("one receipt through each plane's API:");
        JsonNode ide = client.getBody(Plane.IDE, "/v1/receipts/" + id);
        out.println("  ide      GET /v1/receipts/" + id);
        out.println("           " + shortened(ide.path("index")));
        String path = "/v1/evidence/receipts/" + id;
        ServiceClient.Answer ledger = client.get(Plane.TENANT, path, "X-Tenant-Id", tenant);
        out.println("  tenant   GET " + path);
        out.println("           " + (ledger.isSuccess() ? shortened(ledger.body().path("index")) : ledger.problem()));
        ServiceClient.Answer verified = client.get(Plane.TENANT, path + "/verify", "X-Tenant-Id", tenant);
        out.println("           GET " + path + "/verify");
        out.println("           " + (verified.isSuccess() ? shortened(verified.body()) : verified.problem()));
        out.println("  product  keeps counts only, never a receipt");
        out.println("  shared   keeps telemetry only; GET /v1/telemetry/planes:");
        for (JsonNode plane : client.getBody(Plane.SHARED, "/v1/telemetry/planes").path("planes")) {
            out.println("           " + plane.path("plane").asText() + " is " + plane.path("state").asText() + " "
                    + shortened(plane.path("instances").path(0).path("counts")));
        }
    }

    private JsonNode daily() {
        return client.getBody(Plane.PRODUCT, "/v1/reports/receipts/daily?tenant=" + tenant);
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    /** At most so many of them, from begin, middle and end, so that every way is among them. */
    private static List<String> spread(List<String> ids) {
        if (ids.size() <= ROWS_SHOWN) {
            return ids;
        }
        return IntStream.range(0, ROWS_SHOWN)
                .mapToObj(i -> ids.get((int) ((long) i * (ids.size() - 1) / (ROWS_SHOWN - 1)))).toList();
    }
}
