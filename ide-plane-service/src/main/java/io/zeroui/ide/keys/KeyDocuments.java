package io.zeroui.ide.keys;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.fabric.TrustFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The documents beside this edge's public keys. Blocking. */
@ApplicationScoped
public class KeyDocuments {

    private static final Logger LOG = Logger.getLogger(KeyDocuments.class);

    private final Path folder;

    KeyDocuments(PlaneConfig plane) {
        this.folder = new ZuRoot(plane.fabric().root()).ideTrustFolder();
    }

    /**
     * Writes a document, unless something newer, or stricter, is known. A revocation holds for whichever key the edge has under
     * that id.
     *
     * @return whether it was written
     * @throws IOException when it could not be
     */
    boolean write(KeyDocument said) throws IOException {
        TrustFolder.Standing standing = new TrustFolder(List.of(folder)).standing(said.kid());
        KeyDocument there = standing.document();
        String known = there != null && there.fingerprint() != null ? there.fingerprint() : said.fingerprint();
        KeyDocument next = withFingerprint(said, said.revocation() == null ? said.fingerprint() : known);
        if (there != null && !next.supersedes(there)) {
            return false;
        }
        DurableFiles.replace(ZuRoot.keyDocument(folder, said.kid()), KeyDocumentCodec.write(next));
        LOG.infof("key %s stands as the tenant plane says", said.kid());
        return true;
    }

    private static KeyDocument withFingerprint(KeyDocument said, @Nullable String fingerprint) {
        return new KeyDocument(said.kid(), fingerprint, said.validFrom(), said.validUntil(), said.revocation(),
                said.replacedBy(), said.origin());
    }
}
