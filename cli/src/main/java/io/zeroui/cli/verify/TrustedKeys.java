package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.signature.TrustStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The public keys below {@code ZU_ROOT} that a tenant trusts, with their documents. Thread-safe. */
final class TrustedKeys implements TrustStore {

    private static final int MAX_KEY_BYTES = 1 << 14;

    private final List<Path> folders;
    private final Map<Kid, Known> known = new ConcurrentHashMap<>();

    TrustedKeys(ZuRoot root, TenantId tenant, Region region) {
        this.folders = List.of(root.tenantTrustFolder(tenant, region), root.tenantTrustFolderOfOlderTools());
    }

    /**
     * A key id.
     *
     * @param key the key; null where none is to be believed
     * @param document beside the key; null where there is none, or none to be believed
     * @param isDamaged whether there is a document that is not to be believed
     */
    private record Known(@Nullable Ed25519PublicKey key, @Nullable KeyDocument document, boolean isDamaged) {
        static final Known NOTHING = new Known(null, null, false);
    }

    @Override
    public @Nullable Ed25519PublicKey find(Kid kid) {
        return known.computeIfAbsent(kid, this::read).key();
    }

    @Override
    public @Nullable KeyObjection objection(Kid kid, Ed25519PublicKey key, Instant takenIn) {
        Known found = known.computeIfAbsent(kid, this::read);
        if (found.isDamaged()) {
            return KeyObjection.DOCUMENT_DAMAGED;
        }
        return found.document() == null ? null : found.document().objection(key, takenIn);
    }

    private Known read(Kid kid) {
        for (int i = 0; i < folders.size(); i++) {
            try {
                byte[] pem = BoundedFile.read(ZuRoot.keyFile(folders.get(i), kid), MAX_KEY_BYTES);
                return withDocument(folders.subList(0, i + 1), kid, SpkiPem.read(new String(pem, StandardCharsets.US_ASCII)));
            } catch (NoSuchFileException e) {
                continue;
            } catch (IllegalArgumentException | IOException e) {
                return Known.NOTHING; // its signatures are findings
            }
        }
        return Known.NOTHING;
    }

    /** What an earlier folder says of the key holds, though the key lies in a later one. */
    private static Known withDocument(List<Path> upToTheKeys, Kid kid, Ed25519PublicKey key) {
        for (Path folder : upToTheKeys) {
            try {
                byte[] document = BoundedFile.read(ZuRoot.keyDocument(folder, kid), KeyDocumentCodec.MAX_BYTES);
                return new Known(key, KeyDocumentCodec.read(kid, document), false);
            } catch (NoSuchFileException e) {
                continue;
            } catch (IllegalArgumentException | IOException e) {
                return new Known(key, null, true);
            }
        }
        return new Known(key, null, false);
    }
}
