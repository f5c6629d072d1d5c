package io.zeroui.product.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.product.vectors.filter.KeyPath;
import java.util.List;

/** What changes make of a payload. */
final class PayloadEdits {

    private PayloadEdits() {
    }

    /** The payload after the change; the given one stays as it is. */
    static ObjectNode apply(ObjectNode payload, PayloadChange change) {
        if (change instanceof PayloadChange.Put put) {
            ObjectNode changed = payload.deepCopy();
            at(changed, put.at() == null ? List.of() : KeyPath.of(put.at()).names()).setAll(put.members());
            return changed;
        } else if (change instanceof PayloadChange.Overwrite overwrite) {
            return overwrite.payload();
        } else if (change instanceof PayloadChange.Delete delete) {
            ObjectNode changed = payload.deepCopy();
            delete.paths().forEach(path -> remove(changed, KeyPath.of(path).names()));
            return changed;
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** 400 and 413 for a change that no payload can take; more is known when it is applied. */
    static void check(PayloadChange change) {
        if (change instanceof PayloadChange.Put put) {
            PointRules.checkPayload("payload", put.members());
            if (put.at() != null) {
                KeyPath.of(put.at());
            }
        } else if (change instanceof PayloadChange.Overwrite overwrite) {
            PointRules.checkPayload("payload", overwrite.payload());
        } else if (change instanceof PayloadChange.Delete delete) {
            delete.paths().forEach(KeyPath::of);
        }
    }

    /** The object at a path; made where there is none, also in the place of another value. */
    private static ObjectNode at(ObjectNode payload, List<String> path) {
        ObjectNode object = payload;
        for (String name : path) {
            object = object.get(name) instanceof ObjectNode there ? there : object.putObject(name);
        }
        return object;
    }

    private static void remove(JsonNode from, List<String> path) {
        if (from.isArray()) {
            from.forEach(element -> remove(element, path));
        } else if (from instanceof ObjectNode object) {
            if (path.size() == 1) {
                object.remove(List.of(path.get(0)));
            } else if (object.get(path.get(0)) != null) {
                remove(object.get(path.get(0)), path.subList(1, path.size()));
            }
        }
    }
}
