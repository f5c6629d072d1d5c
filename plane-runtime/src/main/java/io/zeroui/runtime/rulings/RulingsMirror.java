package io.zeroui.runtime.rulings;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.rulings.RulingsObjection;
import io.zeroui.contracts.rulings.RulingsRefused;
import io.zeroui.contracts.rulings.RulingsTrust;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.contracts.rulings.providers.ProviderDecisions;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Rulings in one place: takes deliveries, keeps the newest good one in a file, and goes on from the file after a restart. Several instances of a
 * plane may share the file; each looks whether another one has written it. Everything but {@link #state} blocks, and one thing happens at a
 * time.
 */
public final class RulingsMirror {

    private static final Logger LOG = Logger.getLogger(RulingsMirror.class);

    private final Path file;
    private final PinnedKeys keys;
    private @Nullable RulingsTrust trust;
    /** Which file was read or written last. */
    private @Nullable Mark mark;
    private volatile State state = new State(null, null, null, null);

    /**
     * A mirror that begins with its first look.
     *
     * @param file what it keeps
     * @param keys whose rulings it believes
     */
    public RulingsMirror(Path file, PinnedKeys keys) {
        this.file = file;
        this.keys = keys;
    }

    private record Mark(Object key, long size, long modified) {
    }

    /**
     * How it stands.
     *
     * @param rulings what is believed; null where nothing is
     * @param decisions answers from it; null where nothing is
     * @param objection why the last delivery, or the file, was refused; null where it was not
     * @param detail the same in words
     */
    public record State(@Nullable SignedRulings rulings, @Nullable ProviderDecisions decisions, @Nullable RulingsObjection objection,
            @Nullable String detail) {
    }

    /** How it stands; never waits. */
    public State state() {
        return state;
    }

    /**
     * Takes a delivery; where it is newer and good, it is on the disk when this returns.
     *
     * @return whether other rulings count now
     * @throws IOException when it could not be written: it may come again
     */
    public synchronized boolean take(RulingsDelivered delivery) throws IOException {
        look();
        RulingsTrust judging = trust;
        if (judging == null) {
            return false;
        }
        try {
            byte[] document = delivery.bytes();
            if (!Hash.of(document).hex().equals(delivery.sha256())) {
                throw new RulingsRefused(RulingsObjection.WRONG_HASH, "another document than was announced");
            }
            SignedRulings before = state.rulings();
            SignedRulings next = judging.judge(document, before);
            if (next == before) {
                return false;
            }
            DurableFiles.replace(file, next.document());
            mark = mark();
            learn(next);
            return true;
        } catch (RulingsRefused e) {
            refuse(e);
            return false;
        }
    }

    /**
     * Reads the keys and the file where they are others than before.
     *
     * @throws IOException when they cannot be read
     */
    public synchronized void look() throws IOException {
        RulingsTrust pinned = keys.read();
        boolean other = pinned != null && pinned != trust;
        if (other) {
            trust = pinned;
        }
        RulingsTrust judging = trust;
        Mark found = mark();
        if (judging == null || !other && Objects.equals(found, mark)) {
            return;
        }
        mark = found;
        SignedRulings known = believed(judging);
        if (known == null) {
            state = new State(null, null, state.objection(), state.detail());
        }
        read(judging, known);
    }

    /** What was believed, as far as the present keys have signed it. */
    private @Nullable SignedRulings believed(RulingsTrust judging) {
        SignedRulings known = state.rulings();
        try {
            return known == null || judging.judge(known.document(), known) == known ? known : null;
        } catch (RulingsRefused e) {
            refuse(e);
            return null;
        }
    }

    private void read(RulingsTrust judging, @Nullable SignedRulings known) throws IOException {
        try {
            SignedRulings stored = judging.judge(Files.readAllBytes(file), known);
            if (stored != known) {
                learn(stored);
            }
        } catch (NoSuchFileException e) {
            restore(known);
        } catch (RulingsRefused e) {
            LOG.errorf("the rulings in %s are not believed: %s, %s", file, e.objection(), e.getMessage());
            refuse(e);
            restore(known);
        }
    }

    /** What is believed stays what is kept, whoever wrote something else. */
    private void restore(@Nullable SignedRulings known) throws IOException {
        if (known != null) {
            DurableFiles.replace(file, known.document());
            mark = mark();
        }
    }

    private void learn(SignedRulings next) {
        state = new State(next, ProviderDecisions.of(next.rulings().providers()), null, null);
    }

    private void refuse(RulingsRefused why) {
        String detail = String.valueOf(why.getMessage());
        if (why.objection() != state.objection() || !detail.equals(state.detail())) {
            LOG.warnf("rulings are refused: %s, %s", why.objection(), detail);
        }
        state = new State(state.rulings(), state.decisions(), why.objection(), detail.length() > 500 ? detail.substring(0, 500) : detail);
    }

    private @Nullable Mark mark() throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(String.valueOf(found.fileKey()), found.size(), found.lastModifiedTime().toMillis());
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
