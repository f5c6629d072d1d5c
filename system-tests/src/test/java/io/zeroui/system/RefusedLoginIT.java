package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.PlaneProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose serving login could go around row-level security ends at once and says why. */
class RefusedLoginIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path logs;

    @Test
    void aServiceThatServesWithTheOwnersLoginEndsWithTheReason() throws IOException {
        RealRuntime runtime = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);
        runtime.resetDatabase(Plane.PRODUCT);
        try (TempZuRoot fabric = TempZuRoot.create();
                PlaneProcess service = service(runtime, fabric, runtime.migrationUrl(Plane.PRODUCT))) {
            assertThat(service.start().awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(service.log().lines().filter(line -> line.contains("does not run on this database")))
                    .singleElement().asString().contains("owns table app.receipt_counts", "; give it to the owner's login");
        }
    }

    @Test
    void theSameServiceWithItsOwnLoginGetsReady() throws IOException {
        RealRuntime runtime = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);
        runtime.resetDatabase(Plane.PRODUCT);
        try (TempZuRoot fabric = TempZuRoot.create();
                PlaneProcess service = service(runtime, fabric, runtime.databaseUrl(Plane.PRODUCT))) {
            assertThat(service.start().awaitReady(PATIENCE).isReady()).isTrue();
        }
    }

    private PlaneProcess service(RealRuntime runtime, TempZuRoot fabric, String servingUrl) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Plane plane = Plane.PRODUCT;
        Files.createDirectories(logs);
        return new PlaneProcess(plane, port, Map.of(plane.databaseUrlVariable(), servingUrl,
                plane.migrationUrlVariable(), runtime.migrationUrl(plane), plane.httpPortVariable(),
                Integer.toString(port), "REDIS_URL", runtime.redisUrl(), "ZU_ROOT", fabric.path().toString()),
                logs.resolve("product.log"));
    }
}
