package io.zeroui.product.vectors.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a payload index expects of a field. Values of another kind stay in the payload and are not in the index. */
public enum FieldType {
    /** Texts that are equal or not. */
    KEYWORD,
    /** Whole numbers. */
    INTEGER,
    /** Numbers. */
    FLOAT,
    /** True or false. */
    BOOL,
    /** Times as RFC 3339 writes them. */
    DATETIME,
    /** UUIDs; compared as texts. */
    UUID,
    /** Texts that are searched by their words. */
    TEXT;

    /** As it is written in requests and tables, for example {@code keyword}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that key; 400 where there is none. */
    @JsonCreator
    public static FieldType ofKey(String key) {
        for (FieldType type : values()) {
            if (type.key().equals(key)) {
                return type;
            }
        }
        throw VectorProblem.invalid("field_schema", "must be keyword, integer, float, bool, datetime, uuid or text");
    }
}
