package io.zeroui.tenant.evidence.export.format;

import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of the index.
 *
 * @param name as answers about receipts have it in their {@code index}
 * @param type of its values
 * @param accessor reads one
 */
record Column(String name, Class<?> type, Method accessor) {

    /** All columns, in the order of answers. */
    static final List<Column> ALL = Arrays.stream(IndexAnswer.class.getRecordComponents()).map(Column::of).toList();

    private static Column of(RecordComponent component) {
        return new Column(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), component.getType(),
                component.getAccessor());
    }

    /** The value of a row; null where it has none. */
    @Nullable
    Object of(IndexAnswer row) {
        try {
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record's components can be read", e);
        }
    }
}
