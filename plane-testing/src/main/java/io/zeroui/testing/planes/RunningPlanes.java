package io.zeroui.testing.planes;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RulingsFiles;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TestCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** All four plane services on empty databases, an empty Redis and an empty fabric, without rate limits. */
public final class RunningPlanes implements AutoCloseable {

    /** How long a service may take to become ready on a machine that does other things as well. */
    public static final Duration READY = Duration.ofSeconds(90);

    private final RealRuntime runtime;
    private final Path zuRoot;
    private final Path policyKeys = PolicyFiles.newKeys();
    private final Path logs;
    private final Map<Plane, PlaneProcess> services = new EnumMap<>(Plane.class);

    private RunningPlanes(RealRuntime runtime, Path zuRoot, Map<String, String> more) {
        this.runtime = runtime;
        this.zuRoot = zuRoot;
        try {
            logs = Files.createTempDirectory("zeroui-planes-log-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Plane plane : Plane.values()) {
            int port = freePort();
            services.put(plane, new PlaneProcess(plane, port, environment(plane, port, more),
                    logs.resolve(plane.key() + ".log")));
        }
    }

    /** Starts everything from nothing on the given fabric and waits until all is ready. */
    public static RunningPlanes start(Path zuRoot) {
        return start(zuRoot, Map.of());
    }

    /** The same with further variables for every service. */
    public static RunningPlanes start(Path zuRoot, Map<String, String> more) {
        RealRuntime runtime = RealRuntime.with(RuntimePart.values());
        for (Plane plane : Plane.values()) {
            runtime.resetDatabase(plane);
        }
        runtime.flushRedis();
        RunningPlanes planes = new RunningPlanes(runtime, zuRoot, more);
        planes.services.values().forEach(PlaneProcess::start);
        planes.awaitReady();
        return planes;
    }

    /** The databases and Redis below. */
    public RealRuntime runtime() {
        return runtime;
    }

    /** The fabric. */
    public Path zuRoot() {
        return zuRoot;
    }

    /** One of the four. */
    public PlaneProcess service(Plane plane) {
        return Objects.requireNonNull(services.get(plane));
    }

    /** Address of a service and a path, for example {@code /v1/status}. */
    public String url(Plane plane, String path) {
        return service(plane).url() + path;
    }

    /** Starts what does not run and waits until all four are ready. */
    @CanIgnoreReturnValue
    public RunningPlanes awaitReady() {
        services.values().forEach(PlaneProcess::start);
        services.values().forEach(service -> service.awaitReady(READY));
        return this;
    }

    @Override
    public void close() {
        services.values().forEach(PlaneProcess::close);
    }

    private Map<String, String> environment(Plane plane, int port, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", Objects.requireNonNullElse(System.getenv("PATH"), "/usr/bin:/bin"));
        environment.put(plane.databaseUrlVariable(), runtime.databaseUrl(plane));
        environment.put(plane.migrationUrlVariable(), runtime.migrationUrl(plane));
        environment.put(plane.httpPortVariable(), Integer.toString(port));
        environment.put("REDIS_URL", runtime.redisUrl(plane));
        environment.put("ZU_ROOT", zuRoot.toString());
        environment.put(TestCredentials.VARIABLE, TestCredentials.administratorHash());
        if (plane == Plane.SHARED) {
            environment.put(RulingsFiles.KEY_VARIABLE, RulingsFiles.key().toString());
        }
        if (plane == Plane.TENANT || plane == Plane.PRODUCT) {
            environment.put(RulingsFiles.TRUST_VARIABLE, RulingsFiles.trust().toString());
        }
        if (plane == Plane.TENANT) {
            environment.put(TestCredentials.LOG_KEY_VARIABLE, TestCredentials.logKey());
        }
        if (plane == Plane.PRODUCT) {
            environment.put(TestCredentials.WITNESS_KEY_VARIABLE, TestCredentials.witnessKey());
            environment.put(TestCredentials.SNAPSHOT_KEY_VARIABLE, TestCredentials.snapshotKey());
            environment.put(PolicyFiles.KEYS_VARIABLE, policyKeys.toString());
        }
        if (plane == Plane.IDE || plane == Plane.TENANT) {
            environment.put(PolicyFiles.ROOT_VARIABLE,
                    new ZuRoot(zuRoot).policyRootFolder(Region.of("local")).resolve("1.root.json").toString());
        }
        for (String limit : List.of("INGEST", "QUERY", "VERIFY", "EXPORT")) {
            environment.put("ZEROUI_LIMITS_" + limit + "_RATE", "0");
        }
        environment.putAll(more);
        return environment;
    }

    /** Below the ports that clients are given, so that no connection takes it while its service is down. */
    private static int freePort() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port between 20000 and 32000");
    }
}
