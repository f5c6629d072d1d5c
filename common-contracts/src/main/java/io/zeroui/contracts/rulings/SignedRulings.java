package io.zeroui.contracts.rulings;

import io.zeroui.contracts.receipts.Hash;

/**
 * Rulings with the document that says them. Nobody changes {@code document}.
 *
 * @param rulings what is said
 * @param document the signed bytes, canonical JSON (RFC 8785)
 * @param hash SHA-256 of the document
 */
public record SignedRulings(Rulings rulings, byte[] document, Hash hash) {

    /** Rulings and their bytes. */
    static SignedRulings of(Rulings rulings, byte[] document) {
        return new SignedRulings(rulings, document, Hash.of(document));
    }
}
