package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.signature.TrustStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The public keys below {@code ZU_ROOT} that a tenant trusts. Thread-safe. */
final class TrustedKeys implements TrustStore {

    private static final int MAX_KEY_BYTES = 1 << 14;

    private final List<Path> folders;
    private final Map<Kid, Optional<Ed25519PublicKey>> known = new ConcurrentHashMap<>();

    TrustedKeys(ZuRoot root, TenantId tenant, Region region) {
        this.folders = List.of(root.tenantTrustFolder(tenant, region),
                root.tenantsFolder().resolve("policy").resolve("trust").resolve("pubkeys"));
    }

    @Override
    public @Nullable Ed25519PublicKey find(Kid kid) {
        return known.computeIfAbsent(kid, this::read).orElse(null);
    }

    private Optional<Ed25519PublicKey> read(Kid kid) {
        for (Path folder : folders) {
            try {
                byte[] pem = BoundedFile.read(folder.resolve(kid.value() + ".pem"), MAX_KEY_BYTES);
                return Optional.of(SpkiPem.read(new String(pem, StandardCharsets.US_ASCII)));
            } catch (NoSuchFileException e) {
                continue;
            } catch (IllegalArgumentException | IOException e) {
                return Optional.empty(); // its signatures are findings
            }
        }
        return Optional.empty();
    }
}
