package io.zeroui.shared.providers.publication;

import io.zeroui.contracts.rulings.RulingsRefused;
import io.zeroui.contracts.rulings.RulingsTrust;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code rulings/rulings.json} in the registry's folder, what was signed last, and {@code trust/rulings.pem}, the public key that whoever
 * follows must pin. Blocking.
 */
final class RulingsFile {

    private static final Logger LOG = Logger.getLogger(RulingsFile.class);

    private final Path file;
    private final Path publicKey;
    private final RulingsTrust trust;

    RulingsFile(Path folder, Ed25519PublicKey key) throws IOException {
        this.file = folder.resolve("rulings").resolve("rulings.json");
        this.publicKey = folder.resolve("trust").resolve("rulings.pem");
        this.trust = new RulingsTrust(List.of(key));
        DurableFiles.replace(publicKey, SpkiPem.write(key).getBytes(StandardCharsets.UTF_8));
    }

    /** What was signed last with this key; null where nothing was, or with another. */
    @Nullable
    SignedRulings read() throws IOException {
        try {
            return trust.judge(Files.readAllBytes(file), null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (RulingsRefused e) {
            LOG.warnf("the rulings in %s are not of the present key, new ones take their place: %s", file, e.getMessage());
            return null;
        }
    }

    /** Keeps what was signed; it is on the disk when this returns. */
    void write(SignedRulings signed) throws IOException {
        DurableFiles.replace(file, signed.document());
    }
}
