package io.zeroui.shared.telemetry;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code app.telemetry_reports}: the newest report of an instance. Read here, written by the store's upsert. */
@Entity
@IdClass(StoredReport.Key.class)
@Table(schema = "app", name = "telemetry_reports")
@NullUnmarked
public class StoredReport extends PanacheEntityBase {

    /**
     * The key.
     *
     * @param plane key of the plane
     * @param instance the running instance
     */
    public record Key(String plane, String instance) implements Serializable {
    }

    @Id
    public String plane;
    @Id
    public String instance;
    public String service;
    public String version;
    public String state;
    @Column(name = "reported_at")
    public Instant reportedAt;
    @JdbcTypeCode(SqlTypes.JSON)
    public InstanceReport.Figures figures;

    InstanceReport toReport() {
        return new InstanceReport(plane, instance, service, version, state, reportedAt, figures.counts(),
                figures.channels());
    }
}
