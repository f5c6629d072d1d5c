package io.zeroui.runtime.rulings;

import io.zeroui.contracts.rulings.RulingsTrust;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose rulings are believed: a file with public keys in PEM, one below the other while they change. It is read again when it is another. */
public final class PinnedKeys {

    private static final String END = "-----END PUBLIC KEY-----";

    private final @Nullable Path file;
    private String text = "";
    private @Nullable RulingsTrust trust;

    /** The keys in a file; none where there is no file. */
    public PinnedKeys(Optional<Path> file) {
        this.file = file.filter(path -> !path.toString().isBlank()).orElse(null);
    }

    /** Whether there is a file, or will be. */
    public boolean isConfigured() {
        return file != null;
    }

    /**
     * The keys; null while there are none. The same object again where they are the same. Blocking.
     *
     * @throws IOException when the file cannot be read, or has something else in it
     */
    @Nullable
    synchronized RulingsTrust read() throws IOException {
        if (file == null) {
            return null;
        }
        try {
            String found = Files.readString(file);
            if (!found.equals(text)) {
                trust = new RulingsTrust(keys(found));
                text = found;
            }
            return trust;
        } catch (NoSuchFileException e) {
            return trust;
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " has not only public keys in PEM: " + e.getMessage(), e);
        }
    }

    private static List<Ed25519PublicKey> keys(String text) {
        List<Ed25519PublicKey> keys = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, from)) {
            keys.add(SpkiPem.read(text.substring(from, end + END.length())));
            from = end + END.length();
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is none");
        }
        return keys;
    }
}
