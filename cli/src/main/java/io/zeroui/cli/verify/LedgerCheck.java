package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Checks one tenant's ledger. */
final class LedgerCheck {

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
     * @param logged how many of them the checkpoint has
     * @param findings how many things are wrong
     * @param first the first of them
     */
    record Verdict(TenantId tenant, long lines, long logged, long findings, List<Finding> first) {

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
     * @param progress told after every few thousand lines how many there were
     */
    Verdict check(TenantId tenant, @Nullable VerifierKey key, @Nullable Checkpoint earlier, LongConsumer progress)
            throws IOException {
        Findings findings = new Findings(root);
        LineChecks checks = new LineChecks(tenant, new TrustedKeys(root, tenant, region), findings);
        LogCheck log = new LogCheck(root.evidenceLogFolder(tenant, region), origin(tenant), key, earlier, findings);
        long[] lines = {0};
        FileSizes sizes = FileSizes.of(List.of(root.evidenceDataFolder(tenant, region), root.evidenceJournalFolder(tenant, region)));
        log.begin();
        try (EvidenceFiles evidence = new EvidenceFiles(root, tenant, region, findings)) {
            new JournalFiles(root, tenant, region, sizes, findings).read(place -> {
                evidence.line(place).ifPresent(bytes -> checks.add(place.entry(), evidence.file(place.entry()), bytes));
                log.add(place.entry());
                if (++lines[0] % 4096 == 0) {
                    progress.accept(lines[0]);
                }
            });
            checks.finish();
            evidence.checkRest(sizes);
        }
        long logged = log.finish();
        return new Verdict(tenant, lines[0], logged, findings.count(), findings.first());
    }
}
