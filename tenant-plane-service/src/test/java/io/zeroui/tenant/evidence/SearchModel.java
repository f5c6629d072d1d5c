package io.zeroui.tenant.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a search must answer, slowly, from the lines of the evidence files and the order of the journal. */
final class SearchModel {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> FILTERS = List.of("plane", "environment", "gate_id", "module_id", "policy_version_id", "status",
            "severity", "repo_id", "evaluation_point", "kind", "actor_type", "chain_id", "parent_receipt_id",
            "emitter_service", "policy_standing");
    static final List<String> KEYS = List.of("day", "status", "gate_id", "policy_version_id", "repo_id", "severity",
            "actor_type", "evaluation_point", "kind", "module_id", "environment", "policy_standing");

    /** A receipt: its values by filter and key. */
    record Receipt(String id, long sequence, Instant time, Map<String, Set<String>> values, TextModel.Said said) {

        Set<String> all(String name) {
            return values.getOrDefault(name, Set.of());
        }

        String one(String name) {
            return all(name).stream().findFirst().orElse(null);
        }
    }

    private final String tenant;
    /** In the ledger's order. */
    final List<Receipt> receipts = new ArrayList<>();

    SearchModel(LedgerView ledger) {
        tenant = ledger.tenant.value();
        Map<String, JsonNode> lines = new HashMap<>();
        ledger.storedLines().stream().map(SearchModel::json)
                .forEach(line -> lines.put(line.path(line.has("receipt_id") ? "receipt_id" : "feedback_id").asText(), line));
        Map<Long, String> order = new TreeMap<>();
        ledger.journal().stream().map(SearchModel::json)
                .forEach(entry -> order.put(entry.path("seq").asLong(), entry.path("receipt_id").asText()));
        order.forEach((sequence, id) -> receipts.add(receipt(id, sequence, lines.get(id))));
    }

    /** The ids that a search finds, in order. */
    List<String> search(Map<String, Object> filters, long lastSequence) {
        return matching(filters).stream().filter(receipt -> receipt.sequence() <= lastSequence)
                .sorted(Comparator.comparing(Receipt::time).thenComparing(Receipt::sequence).reversed())
                .map(Receipt::id).toList();
    }

    /** The links of a chain. */
    List<String> chain(String chain) {
        return receipts.stream().filter(receipt -> receipt.all("chain_id").contains(chain)).map(Receipt::id).toList();
    }

    /** All receipts that the filters let pass. */
    List<Receipt> matching(Map<String, Object> filters) {
        return receipts.stream().filter(receipt -> filters.entrySet().stream().allMatch(filter -> switch (filter.getKey()) {
            case "from" -> !receipt.time().isBefore(Instant.parse(filter.getValue().toString()));
            case "to" -> receipt.time().isBefore(Instant.parse(filter.getValue().toString()));
            case "limit", "group_by", "cursor", "after", "before" -> true;
            case "text" -> receipt.said().answers(filter.getValue().toString());
            default -> receipt.all(filter.getKey()).contains(filter.getValue().toString());
        })).toList();
    }

    /** The groups of an aggregate, in order. */
    List<Map<String, Object>> groups(Map<String, Object> filters, List<String> keys) {
        Map<List<String>, Integer> counts = new HashMap<>();
        matching(filters).forEach(receipt -> combinations(receipt, keys).forEach(values -> counts.merge(values, 1, Integer::sum)));
        return counts.entrySet().stream().sorted(order(keys)).map(entry -> {
            Map<String, Object> group = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                group.put(keys.get(i), entry.getKey().get(i));
            }
            group.put("count", entry.getValue());
            return group;
        }).toList();
    }

    private static Comparator<Map.Entry<List<String>, Integer>> order(List<String> keys) {
        Comparator<Map.Entry<List<String>, Integer>> order = Comparator.comparing(entry -> -entry.getValue());
        int day = keys.indexOf("day");
        if (day >= 0) {
            Comparator<Map.Entry<List<String>, Integer>> newest = Comparator.comparing(entry -> entry.getKey().get(day));
            order = newest.reversed().thenComparing(order);
        }
        for (int i = 0; i < keys.size(); i++) {
            int place = i;
            order = order.thenComparing(entry -> entry.getKey().get(place), Comparator.nullsLast(SearchModel::compareBytes));
        }
        return order;
    }

    private static int compareBytes(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<String>> combinations(Receipt receipt, List<String> keys) {
        List<List<String>> combinations = List.of(List.of());
        for (String key : keys) {
            Collection<String> values = receipt.all(key).isEmpty() ? Arrays.asList((String) null) : receipt.all(key);
            combinations = combinations.stream().flatMap(begun -> values.stream().map(value -> {
                List<String> longer = new ArrayList<>(begun);
                longer.add(value);
                return longer;
            })).collect(Collectors.toList());
        }
        return combinations;
    }

    private Receipt receipt(String id, long sequence, JsonNode line) {
        boolean decision = line.has("receipt_id");
        Instant time = Instant.parse(line.path("timestamp_utc").asText()).truncatedTo(ChronoUnit.MICROS);
        Map<String, Set<String>> values = new HashMap<>();
        put(values, "plane", line.path("plane").asText("ide"));
        put(values, "environment", line.path("environment").asText("default"));
        put(values, "emitter_service", line.path("emitter_service").asText("unknown"));
        put(values, "chain_id", String.join(":", tenant, one(values, "plane"), one(values, "environment"),
                one(values, "emitter_service")));
        put(values, "kind", decision ? "decision" : "feedback");
        put(values, "severity", line.path("severity").asText(null));
        put(values, "repo_id", line.at("/actor/repo_id").asText());
        put(values, "actor_type", line.at("/actor/type").asText(null));
        put(values, "evaluation_point", line.path("evaluation_point").asText("unknown"));
        put(values, "parent_receipt_id", line.path(decision ? "parent_receipt_id" : "decision_receipt_id").asText(null));
        put(values, "gate_id", line.path("gate_id").asText(null));
        put(values, "status", line.at("/decision/status").asText(null));
        JsonNode module = line.path("module_id");
        put(values, "module_id", module.isTextual() && !module.asText().isBlank() ? module.asText() : null);
        Set<String> policies = new LinkedHashSet<>();
        line.path("policy_version_ids").forEach(policy -> policies.add(policy.asText()));
        values.put("policy_version_id", policies);
        boolean claims = !policies.isEmpty() || !line.path("snapshot_hash").asText().isEmpty();
        put(values, "policy_standing", claims ? "unjudged" : "none");
        put(values, "day", time.toString().substring(0, "YYYY-MM-DD".length()));
        return new Receipt(id, sequence, time, values, TextModel.of(line));
    }

    private static String one(Map<String, Set<String>> values, String name) {
        return values.get(name).iterator().next();
    }

    private static void put(Map<String, Set<String>> values, String name, String value) {
        values.put(name, value == null ? Set.of() : Set.of(value));
    }

    static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
