package io.zeroui.runtime.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the schema is; afterwards, where the plane needs it, as long as the database answers. */
@Readiness
@ApplicationScoped
class SchemaReadiness implements AsyncHealthCheck {

    private final DatabaseSchema schema;
    private final DatabaseConfig config;

    SchemaReadiness(DatabaseSchema schema, DatabaseConfig config) {
        this.schema = schema;
        this.config = config;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!schema.isReady()) {
            return Uni.createFrom().item(response(false, schema.state()));
        }
        return schema.answers().map(answers -> response(answers || !config.requiredForReadiness(),
                answers ? schema.state() : "the database does not answer"));
    }

    private static HealthCheckResponse response(boolean up, String state) {
        return HealthCheckResponse.named("database").status(up).withData("state", state).build();
    }
}
