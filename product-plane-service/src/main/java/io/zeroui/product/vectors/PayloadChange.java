package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a payload. */
public sealed interface PayloadChange {

    /**
     * These members are put in, others stay.
     *
     * @param at path of the object into which they are put; null for the payload itself
     */
    record Put(ObjectNode members, @Nullable String at) implements PayloadChange {
    }

    /** The payload is this and nothing else. */
    record Overwrite(ObjectNode payload) implements PayloadChange {
    }

    /** The members at these paths go. */
    record Delete(List<String> paths) implements PayloadChange {
        public Delete {
            paths = List.copyOf(paths);
        }
    }

    /** Everything goes. */
    record Clear() implements PayloadChange {
    }
}
