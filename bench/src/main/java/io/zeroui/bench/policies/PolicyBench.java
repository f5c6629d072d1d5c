package io.zeroui.bench.policies;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How fast a release, and the order to stop one, reach a fleet of simulated edges: from the call to the product plane until an edge has
 * verified it. Beside it the same bytes through the same streams without service and verification.
 */
public final class PolicyBench {

    private static final TenantId TENANT = TenantId.of("local");
    private static final int POLICIES = 200;
    private static final int RULES = 40;
    private static final int RELEASES = 20;
    private static final int LOST = 5;
    private static final int LOOKUPS = 20_000;

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.values());
    private final RunningPlanes planes = RunningPlanes.start(runtime.zuRoot(), Map.of());
    private final PolicyDesk desk = new PolicyDesk(planes.url(Plane.PRODUCT, ""), TENANT.value());
    private int releases;

    private PolicyBench() throws IOException {
    }

    /** Measures so many edges and prints one table. */
    public static void run(int edges) throws Exception {
        PolicyBench bench = new PolicyBench();
        try (RunningPlanes running = bench.planes) {
            say("releasing " + POLICIES + " policies of " + RULES + " rules");
            for (int i = 0; i < POLICIES; i++) {
                bench.release("policy-" + i, "1.0", 0);
            }
            Path root = new ZuRoot(running.zuRoot()).policyRootFolder(Region.of("local")).resolve("1.root.json");
            byte[] anchor = Files.readAllBytes(root);
            List<SimulatedEdge> all = bench.enrol(edges, anchor);
            try (EdgeFleets fleet = new EdgeFleets(bench.runtime, TENANT, all)) {
                bench.measure(fleet, all, anchor);
            }
        }
    }

    private void measure(EdgeFleets fleet, List<SimulatedEdge> all, byte[] anchor) throws Exception {
        int edges = all.size();
        long from = System.nanoTime();
        fleet.ask(true);
        print("everything to an empty fleet of " + edges + " edges, each from the question, p50 / p99 (ms)", since(from, fleet.await(releases)));
        long whole = fleet.takeBytes() / edges;
        measureStart(all, anchor);
        List<Long> changes = new ArrayList<>();
        for (int i = 1; i <= RELEASES; i++) {
            String version = "2." + i;
            desk.approved("policy-7", version, content(i));
            long start = System.nanoTime();
            act("policy-7", version, "release", "{}");
            Arrays.stream(fleet.await(releases)).map(nanos -> nanos - start).forEach(changes::add);
        }
        long delta = fleet.takeBytes() / edges / RELEASES;
        print("a change of one rule, from the call to its being verified on an edge, p50 / p99 (ms)", changes);
        System.out.printf(Locale.ROOT, "bytes an edge: everything %,d, a change of one rule %,d (%.1f %%)%n", whole, delta, 100.0 * delta / whole);
        measureRaw(fleet, edges, (int) delta);
        measureKill(fleet);
        measureLoss(fleet);
        measureLookups();
    }

    private void measureKill(EdgeFleets fleet) throws Exception {
        List<Long> kills = new ArrayList<>();
        for (int i = 0; i < RELEASES; i++) {
            long start = System.nanoTime();
            act("policy-7", "2." + RELEASES, "kill", i % 2 == 0 ? "{\"reason\":\"bench\",\"killed_until\":\"2099-01-01T00:00:00Z\"}"
                    : "{\"reason\":\"bench\",\"killed_until\":null}");
            Arrays.stream(fleet.await(releases)).map(nanos -> nanos - start).forEach(kills::add);
        }
        print("an order to stop a policy, or its end, the same way, p50 / p99 (ms)", kills);
    }

    private void measureLoss(EdgeFleets fleet) throws Exception {
        for (int i = 1; i <= LOST; i++) {
            release("policy-9", "3." + i, i);
        }
        fleet.lose();
        long start = System.nanoTime();
        fleet.ask(false);
        print("a fleet that lost " + LOST + " releases, each edge from the question, p50 / p99 (ms)", since(start, fleet.await(releases)));
    }

    private static void measureRaw(EdgeFleets fleet, int edges, int size) throws Exception {
        List<Long> raw = new ArrayList<>();
        String data = "x".repeat(size);
        for (int i = 0; i < RELEASES; i++) {
            long start = System.nanoTime();
            fleet.writeRaw(data);
            Arrays.stream(fleet.awaitRaw()).map(nanos -> nanos - start).forEach(raw::add);
        }
        print("as many bytes through the same " + edges + " streams, Redis alone, p50 / p99 (ms)", raw);
    }

    private static void measureStart(List<SimulatedEdge> all, byte[] anchor) throws Exception {
        List<Long> starts = new ArrayList<>();
        for (SimulatedEdge edge : all.subList(0, Math.min(100, all.size()))) {
            long start = System.nanoTime();
            edge.restart(anchor);
            starts.add(System.nanoTime() - start);
        }
        print("an edge verifies its " + POLICIES + " policies at its start, p50 / p99 (ms)", starts);
    }

    /** Of the real edge, over HTTP. */
    private void measureLookups() throws Exception {
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(planes.url(Plane.IDE, "/v1/policy/active/policy-9")))
                .header("Authorization", TestCredentials.authorization()).build();
        while (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        List<Long> lookups = new ArrayList<>();
        long from = System.nanoTime();
        for (int i = 0; i < LOOKUPS; i++) {
            long start = System.nanoTime();
            if (http.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() != 200) {
                throw new IOException("the edge does not answer");
            }
            lookups.add(System.nanoTime() - start);
        }
        System.out.printf(Locale.ROOT, "active policy over HTTP, one caller: %,.0f/s%n", LOOKUPS * 1e9 / (System.nanoTime() - from));
        print("active policy over HTTP, p50 / p99 (ms)", lookups);
    }

    private void release(String policy, String version, int change) throws IOException {
        desk.approved(policy, version, content(change));
        act(policy, version, "release", "{}");
    }

    private void act(String policy, String version, String act, String body) throws IOException {
        if (desk.act(policy, version, act, body).isEmpty()) {
            throw new IOException("the desk answered nothing");
        }
        releases++;
    }

    private List<SimulatedEdge> enrol(int count, byte[] anchor) throws Exception {
        say("enrolling " + count + " edges");
        List<SimulatedEdge> edges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (desk.post("/v1/tenants/" + TENANT + "/edges", TestCredentials.authorization(), "{\"edge_id\":\"bench-" + i + "\"}").isEmpty()) {
                throw new IOException("no edge");
            }
            edges.add(SimulatedEdge.enrolled(TENANT, EdgeId.of("bench-" + i), anchor));
        }
        TimeUnit.SECONDS.sleep(2); // the tenant plane hears of them
        return edges;
    }

    private static String content(int change) {
        StringBuilder rules = new StringBuilder("{");
        for (int i = 0; i < RULES; i++) {
            rules.append(i == 0 ? "" : ",").append("\"rule-").append(i).append("\":{\"action\":\"").append(i == 7 ? "warn-" + change : "block")
                    .append("\",\"reason\":\"licence is not on the list\"}");
        }
        return rules.append('}').toString();
    }

    private static List<Long> since(long start, long[] nanos) {
        return Arrays.stream(nanos).map(at -> at - start).boxed().toList();
    }

    private static void print(String what, List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(Locale.ROOT, "%s: %.1f / %.1f%n", what, sorted[sorted.length / 2] / 1e6,
                sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6);
    }

    private static void say(String text) {
        System.out.println("bench: " + text);
    }
}
