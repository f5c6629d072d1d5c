package io.zeroui.product.vectors.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a statement whose text is put together; nothing that comes from outside gets into the text itself. */
final class SqlText {

    private final List<Object> values = new ArrayList<>();

    /** A parameter, as the text names it. */
    @CanIgnoreReturnValue
    String bind(Object value, String type) {
        values.add(value);
        return "$" + values.size() + "::" + type;
    }

    /**
     * A parameter that is turned into another type, in a subquery: a plan for any parameters would turn it again for every row. As an argument of
     * {@code ANY} it must be cast once more, or it would be taken for a list of rows.
     */
    String once(Object value, String type, String turned) {
        return "(SELECT " + bind(value, type) + "::" + turned + ")";
    }

    /** The values, in the order of their numbers. */
    List<Object> values() {
        return values;
    }
}
