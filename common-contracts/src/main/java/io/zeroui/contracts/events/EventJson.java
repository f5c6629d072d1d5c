package io.zeroui.contracts.events;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Payload records as JSON. Unknown members are ignored on reading: a newer sender may say more. */
public final class EventJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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

    /**
     * The payload record, for senders: a member that the record does not have is an error.
     *
     * @throws InvalidEvent when the data is not JSON of that record and nothing more; the message does not quote the data
     */
    @CanIgnoreReturnValue
    public static <T> T readExactly(byte[] data, Class<T> type) {
        try {
            T payload = EXACT.readValue(data, type);
            if (payload == null) {
                throw new InvalidEvent("not a " + type.getSimpleName() + ": null");
            }
            return payload;
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidEvent("a " + type.getSimpleName() + " does not have all of these members"); // no cause: it quotes
        } catch (IOException e) {
            throw new InvalidEvent("not a " + type.getSimpleName()); // no cause: it quotes
        }
    }

    private static String firstLine(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
