package io.zeroui.shared;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.metrics.ObservabilityContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Rules and dashboards ask this plane for what it has. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class ObservabilityIT extends ObservabilityContract {

    ObservabilityIT() {
        super("shared");
    }

    /** An alert that fires at the next look. */
    @Override
    protected void prepare() {
        super.prepare();
        RealRuntime runtime = RealRuntime.with(RuntimePart.SHARED, RuntimePart.REDIS);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsMatching(SQLException.class::isInstance).until(() -> {
            try (Connection connection = RealRuntime.connect(runtime.adminUrl(Plane.SHARED)); Statement sql = connection.createStatement()) {
                sql.execute("""
                        WITH reported AS (
                            INSERT INTO app.telemetry_reports (plane, instance, service, version, state, reported_at, figures)
                            VALUES ('ide', 'shown', 's', '1', 'up', now(), '{"counts":{"backups":0},"channels":[]}')
                            ON CONFLICT (plane, instance) DO UPDATE SET updated_at = now()
                        )
                        INSERT INTO app.alerts (rule, plane, instance, severity, state, since, seen_at, run_since, figure, threshold)
                        VALUES ('backup-missing', 'ide', 'shown', 'critical', 'pending', now() - interval '1 h', now(), now() - interval '1 h', 0, 1)
                        ON CONFLICT DO NOTHING
                        """);
                return true;
            }
        });
    }
}
