package io.zeroui.product.vectors.store;

import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.FieldType;

/**
 * An index on a field of payloads.
 *
 * @param id its number
 * @param path where the field is
 * @param type which values are in it
 * @param isReady whether all points are in it
 */
public record PayloadIndex(long id, KeyPath path, FieldType type, boolean isReady) {
}
