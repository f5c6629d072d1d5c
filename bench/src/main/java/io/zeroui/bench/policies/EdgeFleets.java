package io.zeroui.bench.policies;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.RealRuntime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All edges, as many at the same time as the machine has processors: one part of the fleet each. */
final class EdgeFleets implements AutoCloseable {

    private final List<EdgeFleet> parts = new ArrayList<>();
    private final ExecutorService threads;

    EdgeFleets(RealRuntime runtime, TenantId tenant, List<SimulatedEdge> all) {
        int count = Math.min(all.size(), Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < count; i++) {
            parts.add(new EdgeFleet(runtime, tenant, all.subList(all.size() * i / count, all.size() * (i + 1) / count)));
        }
        threads = Executors.newFixedThreadPool(count);
    }

    /** As {@link EdgeFleet#takeBytes}, of all parts. */
    long takeBytes() {
        return parts.stream().mapToLong(EdgeFleet::takeBytes).sum();
    }

    /** As {@link EdgeFleet#ask}. */
    void ask(boolean whole) {
        parts.forEach(part -> part.ask(whole));
    }

    /** As {@link EdgeFleet#lose}. */
    void lose() {
        parts.forEach(EdgeFleet::lose);
    }

    /** As {@link EdgeFleet#await}. */
    long[] await(long release) throws InterruptedException, ExecutionException {
        return together(part -> part.await(release));
    }

    /** As {@link EdgeFleet#awaitRaw}. */
    long[] awaitRaw() throws InterruptedException, ExecutionException {
        return together(EdgeFleet::awaitRaw);
    }

    /** As {@link EdgeFleet#writeRaw}. */
    void writeRaw(String data) {
        parts.forEach(part -> part.writeRaw(data));
    }

    private interface Part {
        long[] of(EdgeFleet part) throws Exception;
    }

    private long[] together(Part work) throws InterruptedException, ExecutionException {
        List<Callable<long[]>> tasks = new ArrayList<>();
        parts.forEach(part -> tasks.add(() -> work.of(part)));
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> done : threads.invokeAll(tasks)) {
            times.add(done.get());
        }
        return times.stream().flatMapToLong(Arrays::stream).toArray();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        parts.forEach(EdgeFleet::close);
    }
}
