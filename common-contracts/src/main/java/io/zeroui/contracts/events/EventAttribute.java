package io.zeroui.contracts.events;

import java.util.Optional;

import io.zeroui.contracts.boundaries.DataClass;

/**
 * Every attribute that an envelope may have, and the class of the data in it. An attribute that is not here is refused where
 * events are published; a reader ignores it, because a newer sender may say more.
 */
public enum EventAttribute {
    // what every event has
    SPEC_VERSION("specversion", DataClass.PLANE_STATE),
    ID("id", DataClass.PLANE_STATE),
    SOURCE("source", DataClass.PLANE_STATE),
    TYPE("type", DataClass.PLANE_STATE),
    TIME("time", DataClass.PLANE_STATE),
    DATA_CONTENT_TYPE("datacontenttype", DataClass.PLANE_STATE),
    // what an event may have
    SUBJECT("subject", DataClass.RECEIPT_METADATA),
    TENANT_ID("tenantid", DataClass.RECEIPT_METADATA),
    EPOCH(EventEnvelope.EPOCH, DataClass.PLANE_STATE),
    SEQUENCE(EventEnvelope.SEQUENCE, DataClass.PLANE_STATE),
    EDGE_ID(EventEnvelope.EDGE_ID, DataClass.RECEIPT_METADATA),
    REPO_ID(EventEnvelope.REPO_ID, DataClass.RECEIPT_METADATA),
    KID(EventEnvelope.KID, DataClass.RECEIPT_METADATA),
    EMITTER_KEY(EventEnvelope.EMITTER_KEY, DataClass.RECEIPT_METADATA);

    private final String attribute;
    private final DataClass dataClass;

    EventAttribute(String attribute, DataClass dataClass) {
        this.attribute = attribute;
        this.dataClass = dataClass;
    }

    /** Its name in an entry, for example {@code tenantid}. */
    public String attribute() {
        return attribute;
    }

    /** Whether every event has it, on whatever channel. */
    public boolean isRequired() {
        return compareTo(DATA_CONTENT_TYPE) <= 0;
    }

    /** What it tells. */
    public DataClass dataClass() {
        return dataClass;
    }

    /** The attribute of that name; empty where there is none. */
    public static Optional<EventAttribute> find(String attribute) {
        for (EventAttribute known : values()) {
            if (known.attribute.equals(attribute)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
