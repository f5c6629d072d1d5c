package io.zeroui.product.reports;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;

/** The other side of the product plane in tests: sends what the tenant plane sends and looks at what came of it. */
public final class ProductRuntime {

    public static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);

    private ProductRuntime() {
    }

    static EvidenceItem item(long sequence, String gate, String status, String day) {
        return new EvidenceItem(sequence, "receipt-" + sequence, gate == null ? "feedback" : "decision", "repo", gate,
                status, null, day, "pre-commit", "default", false, "00", List.of(), false);
    }

    /** A decision that names versions of policies. */
    public static EvidenceItem decision(long sequence, String status, boolean overridden, boolean degraded, String... versions) {
        return new EvidenceItem(sequence, "receipt-" + sequence, "decision", "repo", "gate", status, null, "2026-11-21", "pre-commit", "default",
                degraded, "00", List.of(versions), overridden);
    }

    /** Sends an event of the tenant plane. */
    public static void send(String tenant, String epoch, long sequence, List<EvidenceItem> items) {
        byte[] data = EventJson.write(new EvidenceIndexed(tenant, "local", items));
        add(EventEnvelope.of(EventEnvelope.EVIDENCE_INDEXED, "urn:zeroui:plane:tenant", Instant.now(), data)
                .withTenantId(TenantId.of(tenant))
                .withExtensions(Map.of(EventEnvelope.EPOCH, epoch, EventEnvelope.SEQUENCE, Long.toString(sequence))));
    }

    static void add(EventEnvelope event) {
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            byte[] key = ChannelCatalogue.TENANT_EVIDENCE.streamKey().getBytes(StandardCharsets.UTF_8);
            var added = redis.xadd(key, fields, XAddParams.xAddParams());
            assert added != null;
        }
    }

    /** Numbers that were acknowledged to this outbox. */
    static TreeSet<Long> acknowledged(String epoch) {
        TreeSet<Long> sequences = new TreeSet<>();
        for (StreamEntry entry : entries(ChannelCatalogue.PRODUCT_EVIDENCE_ACKS.streamKey())) {
            DeliveryAck ack = EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8),
                    DeliveryAck.class);
            if (ack.epoch().equals(epoch) && ack.sender().equals("tenant")) {
                for (SequenceRange range : ack.ranges()) {
                    for (long sequence = range.from(); sequence <= range.to(); sequence++) {
                        sequences.add(sequence);
                    }
                }
            }
        }
        return sequences;
    }

    static List<StreamEntry> deadLetters() {
        return entries(ChannelCatalogue.TENANT_EVIDENCE.deadLetterKey(null));
    }

    private static List<StreamEntry> entries(String key) {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(key, (StreamEntryID) null, (StreamEntryID) null);
        }
    }

    /** The tenant's counts, by {@code day kind gate status}. */
    static Map<String, Long> counts(String tenant) {
        Map<String, Long> counts = new TreeMap<>();
        ask("SELECT day || ' ' || kind || ' ' || gate_id || ' ' || status, sum(count) FROM app.receipt_counts"
                + " WHERE tenant_id = '" + tenant + "' GROUP BY 1", row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** The tenant's applied ranges as PostgreSQL writes them. */
    static String applied(String tenant) {
        StringBuilder applied = new StringBuilder();
        ask("SELECT applied FROM app.evidence_applied WHERE tenant_id = '" + tenant + "'",
                row -> applied.append(row.getString(1)));
        return applied.toString();
    }

    /** Reads one row. */
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Asks the product plane's database. */
    public static void ask(String sql, RowReader reader) {
        try (Connection connection = RealRuntime.connect(RUNTIME.adminUrl(Plane.PRODUCT));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
