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

/** A row of {@code app.telemetry_history}: the newest report of an instance, a state and a time slot. */
@Entity
@IdClass(StoredHistory.Key.class)
@Table(schema = "app", name = "telemetry_history")
@NullUnmarked
public class StoredHistory extends PanacheEntityBase {

    /**
     * The key.
     *
     * @param plane key of the plane
     * @param instance the running instance
     * @param slot start of the time slot
     * @param state what the instance said of itself
     */
    public record Key(String plane, String instance, Instant slot, String state) implements Serializable {
    }

    @Id
    public String plane;
    @Id
    public String instance;
    @Id
    public Instant slot;
    @Id
    public String state;
    public String service;
    public String version;
    @Column(name = "reported_at")
    public Instant reportedAt;
    @JdbcTypeCode(SqlTypes.JSON)
    public InstanceReport.Figures figures;

    InstanceReport toReport() {
        return new InstanceReport(plane, instance, service, version, state, reportedAt, figures.counts(),
                figures.channels());
    }
}
