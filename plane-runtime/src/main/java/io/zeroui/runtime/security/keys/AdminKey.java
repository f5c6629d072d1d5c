package io.zeroui.runtime.security.keys;

import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.SecretHash;

/**
 * The first administrator key of an installation, of which a service knows only this.
 *
 * @param keyId its public part
 * @param hash of its secret
 */
record AdminKey(String keyId, SecretHash hash) {

    /**
     * Reads {@code {key id}:{64 hexadecimal digits}}.
     *
     * @throws IllegalStateException for anything else; the message does not repeat it
     */
    static AdminKey parse(String text) {
        int colon = text.indexOf(':');
        try {
            if (colon > 0 && ApiKey.isKeyId(text.substring(0, colon))) {
                return new AdminKey(text.substring(0, colon), SecretHash.ofHex(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // told below, without the value
        }
        throw new IllegalStateException("ZEROUI_ADMIN_KEY_HASH must be {key id}:{SHA-256 of the secret in hexadecimal}");
    }
}
