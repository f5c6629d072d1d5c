package io.zeroui.bench;

import io.zeroui.testing.planes.PlaneProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What part of a running service's CPU time goes into checking credentials and opening tenants' transactions, by the samples
 * of the JDK's flight recorder. A sample belongs to the innermost of our own classes on its stack, to those that the framework
 * makes of ours (proxies, filters) too.
 *
 * <p>
 * Samples are of threads in Java code only, so they divide the time outside the kernel. The kernel's is the request's: tenancy
 * and auth make no call of their own, as what they send goes along with the statement. Compilers and collector are divided as
 * the samples are.
 */
final class ServiceProfile implements AutoCloseable {

    private static final String OURS = "io.zeroui.";
    private static final String TENANCY = "io.zeroui.runtime.tenancy.";
    private static final List<String> TENANCY_AND_AUTH = List.of("io.zeroui.runtime.security.", "io.zeroui.runtime.limits.",
            TENANCY, "io.zeroui.contracts.access.");

    private final PlaneProcess service;
    private final Path recording;
    private final Duration cpuBefore;
    private final Ticks ticksBefore;

    private ServiceProfile(PlaneProcess service, Path recording) throws IOException {
        this.service = service;
        this.recording = recording;
        this.cpuBefore = cpu(service);
        this.ticksBefore = Ticks.of(service);
    }

    /** CPU time outside and in the kernel, in the clock's ticks: proc(5), {@code /proc/PID/stat}, fields 14 and 15. */
    private record Ticks(long user, long kernel) {

        static Ticks of(PlaneProcess service) throws IOException {
            String stat = Files.readString(Path.of("/proc", Long.toString(service.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return new Ticks(Long.parseLong(fields[14 - 3]), Long.parseLong(fields[15 - 3]));
        }

        double userShareSince(Ticks before) {
            long used = user - before.user;
            long all = used + kernel - before.kernel;
            return all == 0 ? 0 : (double) used / all;
        }
    }

    /**
     * What a service did.
     *
     * @param cpuMicros CPU time of the whole process, its compilers and collector too
     * @param userShare part of it that was not in the kernel
     * @param samples of threads that ran Java code
     * @param share of the samples that are tenancy's and auth's
     */
    record Result(double cpuMicros, double userShare, long samples, double share) {

        /** CPU time of tenancy and auth. */
        double tenancyMicros() {
            return cpuMicros * userShare * share;
        }
    }

    /** Begins to record in a service that runs. */
    static ServiceProfile start(PlaneProcess service) throws IOException, InterruptedException {
        Path file = Files.createTempFile("zeroui-bench", ".jfr");
        jcmd(service, "JFR.start", "name=bench", "settings=profile", "filename=" + file);
        return new ServiceProfile(service, file);
    }

    /** Ends the recording and counts. */
    Result stop() throws IOException, InterruptedException {
        Duration used = cpu(service).minus(cpuBefore);
        double userShare = Ticks.of(service).userShareSince(ticksBefore);
        jcmd(service, "JFR.stop", "name=bench", "filename=" + recording);
        long samples = 0;
        long share = 0;
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample") && event.getStackTrace() != null) {
                    samples++;
                    share += isTenancyOrAuth(event.getStackTrace().getFrames()) ? 1 : 0;
                }
            }
        }
        return new Result(used.toNanos() / 1000.0, userShare, samples, samples == 0 ? 0 : (double) share / samples);
    }

    /**
     * What the gate let pass, who waits for a transaction's item, and the driver's work on a statement that is wanted with
     * or without a tenant, is not the gate's or the transaction's. That on {@code BEGIN}, the settings and the end is.
     */
    private static boolean isTenancyOrAuth(List<RecordedFrame> innermostFirst) {
        RecordedFrame inner = null;
        for (RecordedFrame frame : innermostFirst) {
            String type = frame.getMethod().getType().getName();
            if (type.startsWith(OURS)) {
                return TENANCY_AND_AUTH.stream().anyMatch(type::startsWith) && !isSomebodyElse(inner)
                        && !isStatement(type, inner);
            }
            inner = frame;
        }
        return false;
    }

    private static boolean isStatement(String ours, @Nullable RecordedFrame inner) {
        String type = inner == null ? "" : inner.getMethod().getType().getName();
        boolean wanted = ours.startsWith(TENANCY + "TenantRead") || ours.startsWith(TENANCY + "Statements")
                || inner != null && inner.getMethod().getName().equals("getConnection");
        return wanted && (type.startsWith("io.vertx.mutiny.sqlclient.") || type.startsWith("io.vertx.sqlclient."));
    }

    private static boolean isSomebodyElse(@Nullable RecordedFrame inner) {
        String type = inner == null ? "" : inner.getMethod().getType().getName();
        String method = inner == null ? "" : inner.getMethod().getName();
        return method.equals("next") && type.contains("RoutingContext") || method.equals("complete") && type.contains("Emitter");
    }

    private static Duration cpu(PlaneProcess service) {
        return ProcessHandle.of(service.pid()).flatMap(process -> process.info().totalCpuDuration()).orElseThrow();
    }

    private static void jcmd(PlaneProcess service, String... command) throws IOException, InterruptedException {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String output = Programs.run(program, "", List.of(Long.toString(service.pid())), List.of(command));
        if (!output.contains("recording")) {
            throw new IllegalStateException("jcmd said: " + output);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(recording);
    }
}
