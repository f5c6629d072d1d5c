package io.zeroui.shared.journal;

import io.zeroui.contracts.receipts.Hash;

/**
 * A document that is kept.
 *
 * @param hash its SHA-256
 * @param size bytes
 * @param isNew whether it was not there before
 */
public record StoredObject(Hash hash, long size, boolean isNew) {
}
