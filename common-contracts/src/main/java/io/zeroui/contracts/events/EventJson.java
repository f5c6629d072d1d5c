package io.zeroui.contracts.events;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Payload records as JSON. Unknown members are ignored on reading: a newer sender may say more. */
public final class EventJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private EventJson() {
    }

    /**
     * The payload as UTF-8 JSON.
     *
     * @throws InvalidEvent when the value is not a payload record
     */
    public static byte[] write(Object payload) {
        try {
            return MAPPER.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new InvalidEvent("cannot write a " + payload.getClass().getSimpleName(), e);
        }
    }

    /**
     * The payload record.
     *
     * @throws InvalidEvent when the data is not JSON of that record
     */
    public static <T> T read(byte[] data, Class<T> type) {
        try {
            T payload = MAPPER.readValue(data, type);
            if (payload == null) {
                throw new InvalidEvent("not a " + type.getSimpleName() + ": null");
            }
            return payload;
        } catch (IOException e) {
            throw new InvalidEvent("not a " + type.getSimpleName() + ": " + firstLine(e), e);
        }
    }

    private static String firstLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
