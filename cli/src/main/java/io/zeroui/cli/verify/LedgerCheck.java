package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Checks one tenant's ledger. */
final class LedgerCheck {

    private static final int LOOKS = 4;

    private final ZuRoot root;
    private final Region region;
    private final String originPrefix;

    LedgerCheck(ZuRoot root, Region region, String originPrefix) {
        this.root = root;
        this.region = region;
        this.originPrefix = originPrefix;
    }

    /**
     * The verdict.
     *
     * @param tenant whose ledger
     * @param lines journal lines
     * @param start where they begin
     * @param logged how many of them the checkpoint has
     * @param erased how many of them are erased, with a tombstone in the log
     * @param findings how many things are wrong
     * @param first the first of them
     * @param witnessed how many lines each witness that is trusted has cosigned
     * @param unchecked witnesses whose cosignatures were not checked, for nobody gave their keys
     */
    record Verdict(TenantId tenant, long lines, LedgerStart start, long logged, long erased, long findings, List<Finding> first,
            Map<VerifierKey, Long> witnessed, List<String> unchecked) {

        boolean isGood() {
            return findings == 0;
        }
    }

    /** Name of a tenant's log. */
    String origin(TenantId tenant) {
        return new LogOrigin(originPrefix, region).of(tenant);
    }

    /**
     * Checks everything.
     *
     * @param key of the log; null where it is not known
     * @param earlier a checkpoint of this log that was seen before; null for none
     * @param witnesses keys of those who must have cosigned
     * @param progress told after every few thousand lines how many there were
     */
    Verdict check(TenantId tenant, @Nullable VerifierKey key, @Nullable Checkpoint earlier, List<VerifierKey> witnesses,
            LongConsumer progress) throws IOException {
        for (int look = 1;; look++) {
            LedgerStart start = LedgerStart.find(root, tenant, region, new Findings(root));
            try {
                Verdict verdict = checkOnce(tenant, key, earlier, witnesses, progress);
                if (verdict.isGood() || look == LOOKS || !hasMoved(tenant, start)) {
                    return verdict;
                }
            } catch (IOException e) {
                if (look == LOOKS || !hasMoved(tenant, start)) {
                    throw e;
                }
            } catch (UncheckedIOException e) {
                if (look == LOOKS || !hasMoved(tenant, start)) {
                    throw e.getCause();
                }
            }
        }
    }

    /** Days that are dropped while they are read look as if they were missing: then everything is looked at again. */
    private boolean hasMoved(TenantId tenant, LedgerStart start) throws IOException {
        return !LedgerStart.find(root, tenant, region, new Findings(root)).equals(start);
    }

    private Verdict checkOnce(TenantId tenant, @Nullable VerifierKey key, @Nullable Checkpoint earlier, List<VerifierKey> witnesses,
            LongConsumer progress) throws IOException {
        Findings findings = new Findings(root);
        LineChecks checks = new LineChecks(tenant, new TrustedKeys(root, tenant, region), findings);
        LogCheck log = new LogCheck(root.evidenceLogFolder(tenant, region), origin(tenant), key, earlier, findings);
        WitnessCheck cosigned = new WitnessCheck(root.evidenceLogFolder(tenant, region), origin(tenant), key, witnesses,
                Clock.systemUTC(), findings);
        long[] lines = {0};
        FileSizes sizes = FileSizes.of(List.of(root.evidenceDataFolder(tenant, region), root.evidenceJournalFolder(tenant, region)));
        LedgerStart start = LedgerStart.find(root, tenant, region, findings);
        log.want(cosigned.begin());
        log.begin();
        log.startAt(start);
        ErasureChecks erasures = new ErasureChecks(start, sizes, findings);
        try (EvidenceFiles evidence = new EvidenceFiles(root, tenant, region, findings)) {
            new JournalFiles(root, tenant, region, start, sizes, findings).read(place -> {
                take(place, evidence, checks, erasures);
                log.add(place.entry());
                if (++lines[0] % 4096 == 0) {
                    progress.accept(lines[0]);
                }
            });
            checks.finish();
            evidence.checkRest(start, sizes);
        }
        long logged = log.finish();
        long erased = erasures.finish(logged, sequences -> erasedNow(tenant, start, sequences));
        start.finish(root.evidenceJournalFolder(tenant, region), logged, findings);
        cosigned.finish(logged, log.roots());
        return new Verdict(tenant, lines[0], start, logged, erased, findings.count(), findings.first(), cosigned.sizes(),
                cosigned.unchecked());
    }

    private static void take(JournalFiles.Place place, EvidenceFiles evidence, LineChecks checks, ErasureChecks erasures)
            throws IOException {
        if (place.entry() instanceof JournalEntry entry) {
            Optional<byte[]> line = evidence.line(entry);
            if (line.isPresent() && !erasures.isBlanked(entry, evidence.file(entry), line.get())) {
                checks.add(entry, evidence.file(entry), line.get());
            }
        } else if (place.entry() instanceof ErasedEntry erased) {
            evidence.line(erased).ifPresent(bytes -> erasures.erased(erased, evidence.file(erased), bytes));
        } else if (place.entry() instanceof ActEntry act) {
            erasures.act(place, act);
        }
    }

    /** A second look into the journal; what is wrong with it was found by the first. */
    private Set<Long> erasedNow(TenantId tenant, LedgerStart start, Set<Long> sequences) throws IOException {
        Set<Long> erased = new HashSet<>();
        new JournalFiles(root, tenant, region, start, FileSizes.NONE, new Findings(root)).read(place -> {
            if (place.entry() instanceof ErasedEntry entry && sequences.contains(entry.sequence())) {
                erased.add(entry.sequence());
            }
        });
        return erased;
    }
}
