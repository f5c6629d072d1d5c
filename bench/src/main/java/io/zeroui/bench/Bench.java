package io.zeroui.bench;

import io.zeroui.bench.evidence.EvidenceBench;
import io.zeroui.bench.policies.PolicyBench;
import io.zeroui.bench.vectors.VectorsBench;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.planes.RunningPlanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * The main job, measured beside what its parts reach alone. Usage: {@code bench/run [RECEIPTS [SECONDS]]}; defaults are
 * 60,000 receipts and 20 seconds at 200 requests a second. {@code bench/run evidence [RECEIPTS]} is {@link EvidenceBench},
 * {@code bench/run policies [EDGES]} is {@link PolicyBench},
 * {@code bench/run vectors [SCALE [PARTS]]} is {@link VectorsBench}.
 */
public final class Bench {

    private static final int PER_SECOND = 200;
    private static final int WARM_UP = 20_000;
    private static final int SINGLE_WARM_UP = 4_000;
    private static final int MAX_WARM_UP_ROUNDS = 10;

    private Bench() {
    }

    /** Runs everything and prints one table. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("evidence")) {
            EvidenceBench.run(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000);
            System.exit(0);
        }
        if (arguments.length > 0 && arguments[0].equals("policies")) {
            PolicyBench.run(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000);
            System.exit(0);
        }
        if (arguments.length > 0 && arguments[0].equals("vectors")) {
            VectorsBench.run(arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1,
                    arguments.length > 2 ? Set.of(arguments[2].split(",", -1)) : VectorsBench.PARTS);
            System.exit(0);
        }
        int receipts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        RealRuntime runtime = RealRuntime.with(RuntimePart.values());
        SignedReceipts emitter = SignedReceipts.withNewKey("bench-key").trustedBy(runtime.zuRoot());
        List<Figure> figures = new ArrayList<>();
        ceilings(runtime, emitter, figures);
        say("starting the four services");
        try (RunningPlanes planes = RunningPlanes.start(runtime.zuRoot(), Map.of()); Ledger ledger = new Ledger(runtime)) {
            figures.addAll(bulk(planes, ledger, emitter, receipts, new DatabaseTime(runtime)));
            figures.addAll(steady(planes, ledger, emitter, seconds));
            print(figures);
            figures.clear();
            new CostOfTenancy(planes, ledger, emitter).measure(figures);
        }
        print(figures);
        System.exit(0);
    }

    private static void ceilings(RealRuntime runtime, SignedReceipts emitter, List<Figure> figures) throws Exception {
        say("measuring disk, PostgreSQL and Redis alone");
        Ceilings ceilings = new Ceilings(runtime);
        byte[] line = emitter.decision("bench-repo");
        figures.add(ceilings.appendAndSync(line));
        figures.add(ceilings.unnestInserts());
        figures.add(ceilings.pgbenchSelect());
        figures.add(ceilings.redisXadd(line));
    }

    private static List<Figure> bulk(RunningPlanes planes, Ledger ledger, SignedReceipts emitter, int receipts,
            DatabaseTime databases) throws Exception {
        say("receipts are signed with " + Ed25519.provider());
        BulkIngest ingest = new BulkIngest(planes, ledger);
        warmUp("bulk ingest", 1.05, () -> ingest.run(emitter.decisions("bench-repo", WARM_UP)).get(1));
        say("bulk ingest of " + receipts + " receipts");
        databases.begin();
        List<Figure> figures = ingest.run(emitter.decisions("bench-repo", receipts));
        databases.print();
        return figures;
    }

    /** Repeats a round until it is hardly faster than the best before: then the compilers of the services are done with it. */
    private static void warmUp(String what, double worthwhile, Callable<Figure> round) throws Exception {
        double best = 0;
        for (int i = 1; i <= MAX_WARM_UP_ROUNDS; i++) {
            double speed = round.call().value();
            say("warm-up " + i + " of " + what + ": " + Math.round(speed) + "/s");
            if (speed < best * worthwhile && i > 2) {
                return;
            }
            best = Math.max(best, speed);
        }
    }

    private static List<Figure> steady(RunningPlanes planes, Ledger ledger, SignedReceipts emitter, int seconds)
            throws Exception {
        say(seconds + " s of single requests at " + PER_SECOND + "/s");
        SteadyRate rate = new SteadyRate(planes, ledger, PER_SECOND);
        warmUp("single requests", 1.05, () -> faster(rate, emitter));
        List<SteadyRate.Item> items = items(emitter, PER_SECOND * seconds);
        List<Figure> figures = new ArrayList<>(rate.posts(items));
        List<String> ids = items.stream().map(SteadyRate.Item::id).toList();
        figures.addAll(rate.gets(ids));
        say("the ledger has " + ledger.rows() + " receipts; edge " + planes.url(Plane.IDE, ""));
        return figures;
    }

    /** Posts and gets as many as go, to let the compilers see them: rate of both. */
    private static Figure faster(SteadyRate rate, SignedReceipts emitter) throws Exception {
        List<SteadyRate.Item> items = items(emitter, SINGLE_WARM_UP);
        long start = System.nanoTime();
        rate.flood(items);
        return Figure.rate("single requests", 2L * SINGLE_WARM_UP, System.nanoTime() - start, "requests/s");
    }

    static List<SteadyRate.Item> items(SignedReceipts emitter, int count) {
        return IntStream.range(0, count).mapToObj(i -> {
            String id = SignedReceipts.newId();
            return new SteadyRate.Item(id, emitter.decision("bench-repo", id, receipt -> {
            }));
        }).toList();
    }

    private static void print(List<Figure> figures) {
        System.out.printf(Locale.ROOT, "| %-58s | %12s | %-12s |%n|%s|%s|%s|%n", "measured in one run", "figure", "unit",
                "-".repeat(60), "-".repeat(14), "-".repeat(14));
        figures.forEach(figure -> System.out.println(figure.row()));
    }

    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
