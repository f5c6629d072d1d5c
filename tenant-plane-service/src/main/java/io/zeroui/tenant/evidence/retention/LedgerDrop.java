package io.zeroui.tenant.evidence.retention;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.ledger.acts.LedgerAct.DaysDropped;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.tenant.evidence.journal.JournalLine;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.tenant.evidence.journal.JournalReader;
import io.zeroui.tenant.evidence.journal.LedgerBases;
import io.zeroui.tenant.evidence.journal.LedgerBases.Named;
import io.zeroui.tenant.evidence.journal.OpenLedger;
import io.zeroui.tenant.evidence.merkle.PublishedLogs;
import io.zeroui.tenant.evidence.retention.RetentionStore.Rest;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Drops days of a ledger; the package says in which steps. Only one at a time for a tenant. */
@ApplicationScoped
public class LedgerDrop {

    private static final Logger LOG = Logger.getLogger(LedgerDrop.class);
    private static final Duration SIGNED_LOOK = Duration.ofMillis(100);
    private static final int SIGNED_LOOKS = 100;

    private final LedgerBases bases;
    private final DroppedDays days;
    private final RetentionStore store;
    private final PublishedLogs logs;
    private final JournalReader journals;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private volatile Runnable reached = () -> {
    };

    LedgerDrop(LedgerBases bases, DroppedDays days, RetentionStore store, PublishedLogs logs, JournalReader journals,
            EvidenceWorkers workers, Clock clock) {
        this.clock = clock;
        this.bases = bases;
        this.days = days;
        this.store = store;
        this.logs = logs;
        this.journals = journals;
        this.workers = workers;
    }

    /** A cut and what will be left behind it, gathered before the ledger is taken, because it may take long. */
    public static final class Preparation {
        private final Cut cut;
        private final Rest rest;
        private final Hash logRoot;

        private Preparation(Cut cut, Rest rest, Hash logRoot) {
            this.cut = cut;
            this.rest = rest;
            this.logRoot = logRoot;
        }
    }

    /** What goes when so many full days are kept; empty where nothing does. */
    public Uni<Optional<Cut>> cut(TenantId tenant, int keptDays) {
        LocalDate own = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return store.today(tenant).chain(today -> cut(tenant, (own.isBefore(today) ? own : today).minusDays(keptDays)));
    }

    /** What goes when the days before one go; empty where nothing does. */
    public Uni<Optional<Cut>> cut(TenantId tenant, LocalDate before) {
        return workers.run(() -> {
            long dropped = bases.find(tenant).map(named -> named.base().sequence()).orElse(0L);
            return days.cut(tenant, before).filter(cut -> cut.sequence() > dropped);
        });
    }

    /** Sequence of the last act of a ledger; 0 where there is none. */
    public Uni<Long> lastAct(TenantId tenant) {
        return store.lastAct(tenant);
    }

    /**
     * Gathers what will be left. It is right as long as no further act is said to the ledger.
     *
     * @return fails with {@link TransientFailure} while the log has not signed the lines that shall go
     */
    public Uni<Preparation> prepare(TenantId tenant, Cut cut) {
        return workers.run(() -> logs.root(tenant, cut.sequence())
                .orElseThrow(() -> new TransientFailure("no checkpoint has line " + cut.sequence() + " yet")))
                .chain(root -> store.rest(tenant, cut.sequence()).map(rest -> new Preparation(cut, rest, root)));
    }

    /**
     * Says that the days are dropped; when it completes they are, and {@link #finish} removes them.
     *
     * @param ledger nobody else appends to it meanwhile
     * @param say appends to the journal and tells those who follow it
     */
    public Uni<Void> drop(OpenLedger ledger, Preparation prepared, Why why, Function<List<LedgerAct>, Uni<List<JournalLine>>> say) {
        return workers.run(() -> {
            Hash hash = bases.write(base(ledger.tenant(), prepared));
            reached.run();
            return hash;
        })
                .chain(hash -> say.apply(List.of(new DaysDropped(prepared.cut.sequence(), prepared.cut.firstDay(), hash, why))))
                .chain(() -> workers.run(() -> {
                    ledger.drop(prepared.cut.sequence(), prepared.cut.firstDay());
                    reached.run();
                    return prepared;
                }))
                .replaceWithVoid();
    }

    private LedgerBase base(TenantId tenant, Preparation prepared) throws IOException {
        JournalPosition end = journals.end(tenant);
        if (end == null) {
            throw new IOException("the ledger of " + tenant + " has no journal");
        }
        return new LedgerBase(tenant, prepared.cut.sequence(), prepared.cut.firstDay(), prepared.logRoot, end.day(), end.offset(),
                prepared.rest.links(), prepared.rest.acts(), prepared.rest.erased());
    }

    /** What the ledger goes on from; empty where nothing was ever dropped. */
    public Uni<Optional<LedgerBase>> base(TenantId tenant) {
        return workers.run(() -> bases.find(tenant).map(Named::base));
    }

    /**
     * Removes what is dropped and still there, in the index and then in the files. Repeating it changes nothing.
     *
     * @return fails with {@link TransientFailure} when no checkpoint has the line that drops them in time: until then nothing goes
     */
    public Uni<Void> finish(TenantId tenant) {
        return workers.run(() -> bases.find(tenant)).chain(found -> found.isPresent() ? finish(tenant, found.get())
                : workers.run(() -> {
                    bases.removeOthers(tenant, 0);
                    return tenant;
                }).replaceWithVoid());
    }

    private Uni<Void> finish(TenantId tenant, Named named) {
        LedgerBase base = named.base();
        return signed(tenant, named.act(), SIGNED_LOOKS)
                .chain(() -> store.drop(tenant))
                .chain(rows -> workers.run(() -> {
                    reached.run();
                    days.remove(tenant, base.firstDay());
                    reached.run();
                    logs.forgetEntries(tenant, base.sequence());
                    reached.run();
                    bases.removeOthers(tenant, base.sequence());
                    if (rows > 0) {
                        LOG.infof("ledger of %s: its lines up to %d, of before %s, are dropped; %d receipts", tenant, base.sequence(),
                                base.firstDay(), rows);
                    }
                    return rows;
                }))
                .replaceWithVoid();
    }

    /** The log signs a moment behind the ledger. */
    private Uni<Void> signed(TenantId tenant, long line, int looks) {
        if (logs.sizes().getOrDefault(tenant, 0L) >= line) {
            return Uni.createFrom().voidItem();
        }
        return looks == 0 ? Uni.createFrom().failure(new TransientFailure("no checkpoint has line " + line + " yet, which drops what is older"))
                : Uni.createFrom().voidItem().onItem().delayIt().by(SIGNED_LOOK).chain(() -> signed(tenant, line, looks - 1));
    }

    /** Only for tests: called behind every step; what it throws is like a crash there. */
    void onStep(Runnable behindEveryStep) {
        reached = behindEveryStep;
    }
}
