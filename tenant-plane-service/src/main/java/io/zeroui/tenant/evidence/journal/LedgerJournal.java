package io.zeroui.tenant.evidence.journal;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.JournalEntry.Origin;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.runtime.fabric.AppendLog;
import io.zeroui.runtime.fabric.AppendRequest;
import io.zeroui.runtime.fabric.FilePosition;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends receipts to a tenant's evidence files and then to its journal, each synced before the next step; and what is done to
 * the ledger to its journal alone.
 */
@ApplicationScoped
public class LedgerJournal {

    private final AppendLog log;
    private final LedgerFolders folders;
    private final Clock clock;

    LedgerJournal(AppendLog log, LedgerFolders folders, Clock clock) {
        this.log = log;
        this.folders = folders;
        this.clock = clock;
    }

    /**
     * Gives the receipts the next places in the ledger, in their order. When it completes they are durable.
     *
     * @param ledger nobody else appends to it meanwhile
     * @return the lines, in the order of the arrivals; after a failure the ledger is broken and must be recovered
     */
    public Uni<List<JournalLine>> append(OpenLedger ledger, List<Arrival> arrivals) {
        Instant now = ledger.timeFor(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        LocalDate day = ledger.dayFor(LocalDate.ofInstant(now, ZoneOffset.UTC));
        List<AppendRequest> data = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            Path file = folders.root().evidenceData(ledger.tenant(), folders.region(),
                    arrival.line().header().repoId(), day);
            data.add(new AppendRequest(file, arrival.line().bytes()));
        }
        return log.append(data)
                .map(positions -> entries(ledger, arrivals, positions, day, now))
                .chain(entries -> write(ledger, entries))
                .onFailure().invoke(failure -> ledger.markBroken());
    }

    /**
     * Says in the journal what is done to the ledger. When it completes that is durable.
     *
     * @param ledger nobody else appends to it meanwhile
     * @return the lines, in the order of the acts; after a failure the ledger is broken and must be recovered
     */
    public Uni<List<JournalLine>> appendActs(OpenLedger ledger, List<LedgerAct> acts) {
        Instant now = ledger.timeFor(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        LocalDate day = ledger.dayFor(LocalDate.ofInstant(now, ZoneOffset.UTC));
        List<JournalRecord> entries = new ArrayList<>(acts.size());
        for (LedgerAct act : acts) {
            entries.add(ActEntry.of(ledger.lastSequence() + 1 + entries.size(), day, now, ActCodec.write(act)));
        }
        return write(ledger, entries).onFailure().invoke(failure -> ledger.markBroken());
    }

    /** Writes entries that already have their sequence: the journal's next lines. */
    Uni<List<JournalLine>> write(OpenLedger ledger, List<? extends JournalRecord> entries) {
        TenantId tenant = ledger.tenant();
        List<AppendRequest> lines = entries.stream()
                .map(entry -> new AppendRequest(folders.journal(tenant, entry.day()), JournalCodec.write(entry)))
                .toList();
        return log.append(lines).map(positions -> {
            List<JournalLine> written = new ArrayList<>(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                JournalRecord entry = entries.get(i);
                written.add(new JournalLine(entry, new JournalPosition(entry.day(), positions.get(i).end())));
                ledger.advance(entry);
            }
            return written;
        });
    }

    private static List<JournalEntry> entries(OpenLedger ledger, List<Arrival> arrivals, List<FilePosition> positions,
            LocalDate day, Instant now) {
        List<JournalEntry> entries = new ArrayList<>(arrivals.size());
        for (int i = 0; i < arrivals.size(); i++) {
            Arrival arrival = arrivals.get(i);
            FilePosition position = positions.get(i);
            entries.add(new JournalEntry(ledger.lastSequence() + 1 + i, arrival.line().header().id(),
                    arrival.line().header().repoId(), day, position.offset(), position.length(), arrival.line().hash(),
                    now, Commitment.to(arrival.line().bytes()), origin(arrival)));
        }
        return entries;
    }

    private static @Nullable Origin origin(Arrival arrival) {
        Delivered origin = arrival.origin();
        return origin == null ? null : new Origin(origin.sender(), origin.epoch(), origin.sequence());
    }
}
