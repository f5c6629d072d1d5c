package io.zeroui.runtime.fabric;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.SpkiPem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of one folder with its document, as they were last seen.
 *
 * @param pem the key's file
 * @param document the file beside it
 */
record FolderKey(TrustFile<Ed25519PublicKey> pem, TrustFile<KeyDocument> document) {

    static final FolderKey MISSING = new FolderKey(TrustFile.missing(), TrustFile.missing());

    /** Both files as they are now. A document counts without a key too: a key that others vouch for may be revoked here. */
    FolderKey refreshed(Path folder, Kid kid) {
        TrustFile<Ed25519PublicKey> key = pem.refreshed(folder, ZuRoot.keyFile(folder, kid),
                bytes -> SpkiPem.read(new String(bytes, StandardCharsets.US_ASCII)));
        TrustFile<KeyDocument> beside = document.refreshed(folder, ZuRoot.keyDocument(folder, kid),
                bytes -> KeyDocumentCodec.read(kid, bytes));
        return key.isMissing() && beside.isMissing() ? MISSING : new FolderKey(key, beside);
    }

    boolean isMissing() {
        return pem.isMissing() && document.isMissing();
    }

    /** This, with what it lacks from a later folder. */
    FolderKey or(FolderKey later) {
        return new FolderKey(key() == null && !later.pem.isMissing() ? later.pem : pem,
                document.isMissing() ? later.document : document);
    }

    /** The key, believed or not; null when there is none. */
    @Nullable
    Ed25519PublicKey key() {
        return pem.content();
    }

    TrustFolder.Standing standing() {
        return new TrustFolder.Standing(key(), document.content(), !document.isMissing() && document.content() == null);
    }

    @Nullable
    KeyObjection objection(Ed25519PublicKey key, Instant takenIn) {
        KeyDocument known = document.content();
        if (known != null) {
            return known.objection(key, takenIn);
        }
        return document.isMissing() ? null : KeyObjection.DOCUMENT_DAMAGED;
    }
}
