package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import java.util.List;

/**
 * What an edge has to know of keys that it believes: whole documents, never differences, so that applying one twice, late or in
 * another order does no harm.
 *
 * @param documents key documents, each as {@link io.zeroui.contracts.signature.KeyDocumentCodec} writes it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.POLICY)
@EventType(EventEnvelope.KEYS_CHANGED)
public record KeysChanged(List<KeyStatement> documents) {

    /** Most documents of one event. */
    public static final int MOST = 500;

    public KeysChanged {
        if (documents.size() > MOST) {
            throw new InvalidEvent("more than " + MOST + " key documents");
        }
        documents = List.copyOf(documents);
    }

    /**
     * One key.
     *
     * @param kid its id
     * @param document its document, JSON
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Carries(DataClass.POLICY)
    public record KeyStatement(String kid, String document) {
    }
}
