package io.zeroui.runtime.fabric;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.TrustStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trusted public keys as {@code {kid}.pem} files in folders; of two folders with the same key id the first one counts.
 * Keys and their absence are remembered; a key that is asked for is looked after on disk at most once per second, so a
 * new, changed or removed file counts within a second, and asking costs no system call in between.
 *
 * <p>Not believed, with a warning in the log: a file that is larger than 4 KiB, is no Ed25519 public key, is no regular
 * file, or leads out of its folder through a link.
 */
public final class TrustFolder implements TrustStore {

    /** Largest key file that is read. */
    public static final int MAX_FILE_BYTES = 4 << 10;

    private static final Duration RECHECK_AFTER = Duration.ofMillis(500);
    private static final int MAX_REMEMBERED = 10_000;

    private final List<Path> folders;
    private final LongSupplier nanoClock;
    private final Map<Kid, Remembered> remembered = new ConcurrentHashMap<>();

    /** @param folders where keys are looked for, in this order; they need not exist (yet) */
    public TrustFolder(List<Path> folders) {
        this(folders, System::nanoTime);
    }

    TrustFolder(List<Path> folders, LongSupplier nanoClock) {
        this.folders = List.copyOf(folders);
        this.nanoClock = nanoClock;
    }

    @Override
    public @Nullable Ed25519PublicKey find(Kid kid) {
        Remembered known = remembered.get(kid);
        if (known == null || known.isDue(nanoClock.getAsLong())) {
            forgetSomeWhenFull();
            known = remembered.compute(kid, this::look);
        }
        return known == null ? null : known.key();
    }

    /** Key ids remembered, found or not. */
    int remembered() {
        return remembered.size();
    }

    private Remembered look(Kid kid, @Nullable Remembered known) {
        long now = nanoClock.getAsLong();
        if (known != null && !known.isDue(now)) {
            return known;
        }
        KeyFile[] files = new KeyFile[folders.size()];
        Ed25519PublicKey found = null;
        for (int i = 0; i < files.length; i++) {
            KeyFile before = known == null ? KeyFile.MISSING : known.files()[i];
            files[i] = before.refreshed(folders.get(i), kid);
            if (found == null) {
                found = files[i].key();
            }
        }
        return new Remembered(files, found, now);
    }

    /** Key ids come from outside: whoever invents many must not fill the memory. */
    private void forgetSomeWhenFull() {
        if (remembered.size() < MAX_REMEMBERED) {
            return;
        }
        remembered.values().removeIf(entry -> entry.key() == null);
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Remembered(KeyFile[] files, @Nullable Ed25519PublicKey key, long checkedAt) {

        boolean isDue(long now) {
            return now - checkedAt >= RECHECK_AFTER.toNanos();
        }
    }
}
