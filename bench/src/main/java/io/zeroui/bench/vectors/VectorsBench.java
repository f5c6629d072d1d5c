package io.zeroui.bench.vectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Search by nearness at equal recall: 100,000 points of 768 components, asked with and without a filter that leaves one tenant's hundredth;
 * 50,000 of 4,096; and 128 components from 10,000 to 1,000,000 points. The service through both of its APIs, and beside it, on the same points,
 * PostgreSQL alone, Redis and Chroma.
 */
public final class VectorsBench {

    /** What can be measured: by components, and growth. */
    public static final Set<String> PARTS = Set.of("768", "4096", "growth");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TenantId TENANT = TenantId.of("local");
    private static final double RECALL = 0.98;
    private static final int QUESTIONS = 200;
    private static final int M = 16;
    private static final int EF_CONSTRUCTION = 100;
    private static final int FIRST_PART = 5;
    private static final int SMALLEST = 1_000;
    private static final long SEED = 20_261_122;
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.values());
    private final double scale;
    private final Duration time;
    private final URI service;
    private final String key;
    private final List<Trial> trials = new ArrayList<>();
    private final List<String> ingests = new ArrayList<>();

    private VectorsBench(RunningPlanes planes, double scale) throws IOException {
        this.scale = scale;
        this.time = scale >= 0.3 ? LONG : SHORT;
        this.service = URI.create(planes.url(Plane.PRODUCT, ""));
        for (Plane plane : Plane.values()) {
            if (plane != Plane.PRODUCT) {
                planes.service(plane).close();
            }
        }
        byte[] wish = ("{\"name\":\"bench\",\"tenant_id\":\"" + TENANT + "\",\"permissions\":[\"vectors:read\",\"vectors:write\",\"vectors:admin\"]}")
                .getBytes(StandardCharsets.UTF_8);
        try (HttpConnection connection = new HttpConnection(service)) {
            key = JSON.readTree(connection.send(HttpConnection.request("POST", "/v1/credentials",
                    Map.of("Authorization", TestCredentials.authorization()), wish))).path("key").asText();
        }
    }

    /**
     * Measures and prints two tables.
     *
     * @param scale part of the points, up to 1
     * @param parts some of {@link #PARTS}
     */
    public static void run(double scale, Set<String> parts) throws Exception {
        RealRuntime runtime = RealRuntime.with(RuntimePart.values());
        int ownFrom = (int) Math.min(5_000, SMALLEST * Math.max(0.5, 5 * scale));
        try (RunningPlanes planes = RunningPlanes.start(runtime.zuRoot(), Map.of("ZEROUI_VECTORS_OWN_FROM", Integer.toString(ownFrom)))) {
            VectorsBench bench = new VectorsBench(planes, scale);
            if (parts.contains("768")) {
                bench.measure(new ShapedVectors(768, SEED), List.of(bench.size(100_000)), true, "Q8");
            }
            if (parts.contains("4096")) {
                bench.measure(new ShapedVectors(4_096, SEED), List.of(bench.size(50_000)), false, "Q8");
            }
            if (parts.contains("growth")) {
                bench.measure(new ShapedVectors(128, SEED), List.of(bench.size(10_000), bench.size(100_000), bench.size(1_000_000)), false, "Q8");
            }
            bench.print();
        }
    }

    private int size(int whole) {
        return (int) Math.max(SMALLEST, whole * scale);
    }

    private void measure(ShapedVectors data, List<Integer> sizes, boolean filtered, String storage) throws Exception {
        String collection = "bench-" + data.dimension();
        try (ServiceEngine own = ServiceEngine.create(service, key, collection, data, M, EF_CONSTRUCTION);
                RedisEngine redis = new RedisEngine(runtime, data, M, EF_CONSTRUCTION, storage);
                ChromaEngine chroma = new ChromaEngine(data, M, EF_CONSTRUCTION)) {
            int have = 0;
            for (int size : sizes) {
                String what = String.format(Locale.ROOT, "%,d × %,d", size, data.dimension());
                for (Engine engine : List.of(own, redis, chroma)) {
                    load(engine, what, have, size);
                }
                try (SqlEngine sql = new SqlEngine(runtime, TENANT, collection, data)) {
                    sql.settle(size);
                    if (have == 0) {
                        sql.makeCopy();
                        load(sql, what, 0, size / FIRST_PART);
                    }
                    have = size;
                    List<Engine> engines = List.of(own, own.as(ServiceEngine.Api.QDRANT), sql, redis, chroma);
                    ask(engines, data, what, size, -1);
                    if (filtered) {
                        ask(engines, data, what + ", one tenant's 1 %", size, ShapedVectors.ONE_PERCENT);
                    }
                }
            }
        }
    }

    private void ask(List<Engine> engines, ShapedVectors data, String what, int size, int tenant) throws Exception {
        say("comparing all, for the right answers: " + what);
        float[][] questions = data.questions(QUESTIONS, tenant);
        Trial.Exam exam = new Trial.Exam(what, questions, tenant, Neighbours.find(data, size, questions, tenant));
        for (Trial trial : Trial.of(engines, exam, RECALL, time)) {
            trials.add(trial);
            say(trial.row());
        }
    }

    /** The first fifth and the others, so that what takes only the fifth can be held against it. */
    private void load(Engine engine, String what, int from, int to) throws Exception {
        int first = from + (to - from) / FIRST_PART;
        long start = System.nanoTime();
        write(engine, from, first);
        double firstRate = rate(first - from, start);
        write(engine, first, to);
        double rate = rate(to - from, start);
        if (!(engine instanceof SqlEngine)) {
            engine.settle(to);
        }
        String row = String.format(Locale.ROOT, "| %,d to %s | %s | %,.0f | %,.0f | %,.0f |", from, what, engine.name(), firstRate, rate,
                rate(to - from, start));
        ingests.add(row);
        say(row);
    }

    private static double rate(int count, long start) {
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static void write(Engine engine, int from, int to) throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService threads = Executors.newFixedThreadPool(engine.writers());
        Callable<Integer> work = () -> {
            int batches = 0;
            try (Engine.Writer writer = engine.writer()) {
                for (int at = next.getAndAdd(engine.batch()); at < to; at = next.getAndAdd(engine.batch())) {
                    writer.write(at, Math.min(to, at + engine.batch()));
                    batches++;
                }
            }
            return batches;
        };
        try {
            for (Future<Integer> one : threads.invokeAll(java.util.Collections.nCopies(engine.writers(), work))) {
                if (one.get() < 0) {
                    throw new IllegalStateException("less than nothing was written");
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private void print() {
        System.out.println("m = " + M + ", ef_construction = " + EF_CONSTRUCTION + ", cosine, ten nearest, recall to reach " + RECALL + ", scale " + scale);
        System.out.println("| points written | into | first fifth (a second) | all (a second) | until indexed (a second) |\n|---|---|---|---|---|");
        ingests.forEach(System.out::println);
        System.out.println();
        System.out.println(Trial.head());
        trials.forEach(trial -> System.out.println(trial.row()));
        System.out.println();
        trials.stream().filter(trial -> trial.engine().startsWith("service")).forEach(trial -> System.out.println(ratios(trial)));
    }

    private String ratios(Trial own) {
        StringBuilder text = new StringBuilder(own.what() + ", " + own.engine() + ": questions a second against");
        trials.stream().filter(Predicate.not(own::equals)).filter(other -> other.what().equals(own.what()) && !other.engine().startsWith("service"))
                .forEach(other -> text.append(String.format(Locale.ROOT, " %s %.2f and %.2f,", other.engine(),
                        own.alone().perSecond() / other.alone().perSecond(), own.two().perSecond() / other.two().perSecond())));
        return text.append(String.format(Locale.ROOT, " p99 %.1f and %.1f ms, of one caller and of two", own.alone().p99(), own.two().p99())).toString();
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
