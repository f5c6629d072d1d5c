package io.zeroui.runtime.fabric;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.TrustStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trusted public keys as {@code {kid}.pem} files in folders, each with its document {@code {kid}.json} beside it where there is
 * one; of two folders with the same key id the first one counts. A document of an earlier folder is about the key of a later
 * one too: what is written here of a key that lies elsewhere holds here. Keys and their absence are remembered; a key that is asked for
 * is looked after on disk at most once per second, so a new, changed or removed file counts within a second, and asking costs no
 * system call in between.
 *
 * <p>Not believed, with a warning in the log: a file that is larger than 4 KiB, is no Ed25519 public key, is no regular
 * file, or leads out of its folder through a link. A key whose document is not believed is not believed either.
 */
public final class TrustFolder implements TrustStore {

    /** Largest file that is read. */
    public static final int MAX_FILE_BYTES = KeyDocumentCodec.MAX_BYTES;

    private static final Duration RECHECK_AFTER = Duration.ofMillis(500);
    private static final int MAX_REMEMBERED = 20_000;

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
        return known(kid).key();
    }

    @Override
    public @Nullable KeyObjection objection(Kid kid, Ed25519PublicKey key, Instant takenIn) {
        FolderKey found = known(kid).found();
        return found == null ? null : found.objection(key, takenIn);
    }

    /**
     * All that is known of a key now.
     *
     * @param key the key; null where none is to be believed
     * @param document beside it; null where there is none, or none to be believed
     * @param isDamaged whether there is a document that is not to be believed
     */
    public record Standing(@Nullable Ed25519PublicKey key, @Nullable KeyDocument document, boolean isDamaged) {

        private static final Standing NOTHING = new Standing(null, null, false);

        /** Whether the key is not to be believed at some times, or at none. */
        public boolean isLimited() {
            return key == null || isDamaged || document != null && (document.hasLimits() || isSwapped());
        }

        /** What signatures of the key are judged by, in a text that is the same as long as the judgements are. */
        public String text() {
            KeyDocument known = document;
            Revocation revocation = known == null ? null : known.revocation();
            return (key == null ? "" : key.fingerprint()) + '|' + (isDamaged ? "damaged" : isSwapped() ? "swapped" : "") + '|'
                    + (known == null ? null : known.validFrom()) + '|' + (known == null ? null : known.validUntil()) + '|'
                    + (revocation == null ? null : revocation.compromisedSince());
        }

        private boolean isSwapped() {
            return key != null && document != null && document.fingerprint() != null
                    && !document.fingerprint().equals(key.fingerprint());
        }
    }

    /** All that is known of the key. */
    public Standing standing(Kid kid) {
        FolderKey found = known(kid).found();
        return found == null ? Standing.NOTHING : found.standing();
    }

    /** Looks after the key on disk when it is asked for next, however short ago that was: its files have just changed. */
    public void changed(Kid kid) {
        Remembered gone = remembered.remove(kid);
        assert gone == null || gone.checkedAt() <= nanoClock.getAsLong();
    }

    /** Key ids remembered, found or not. */
    int remembered() {
        return remembered.size();
    }

    private Remembered known(Kid kid) {
        Remembered known = remembered.get(kid);
        if (known == null || known.isDue(nanoClock.getAsLong())) {
            forgetSomeWhenFull();
            known = remembered.compute(kid, this::look);
        }
        return known;
    }

    private Remembered look(Kid kid, @Nullable Remembered known) {
        long now = nanoClock.getAsLong();
        if (known != null && !known.isDue(now)) {
            return known;
        }
        FolderKey[] files = new FolderKey[folders.size()];
        FolderKey found = FolderKey.MISSING;
        for (int i = 0; i < files.length; i++) {
            FolderKey before = known == null ? FolderKey.MISSING : known.files()[i];
            files[i] = before.refreshed(folders.get(i), kid);
            found = found.key() == null ? found.or(files[i]) : found;
        }
        return new Remembered(files, found.isMissing() ? null : found, now);
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
    private record Remembered(FolderKey[] files, @Nullable FolderKey found, long checkedAt) {

        @Nullable
        Ed25519PublicKey key() {
            return found == null ? null : found.key();
        }

        boolean isDue(long now) {
            return now - checkedAt >= RECHECK_AFTER.toNanos();
        }
    }
}
