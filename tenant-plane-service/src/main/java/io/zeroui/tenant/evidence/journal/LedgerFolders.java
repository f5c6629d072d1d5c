package io.zeroui.tenant.evidence.journal;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ErasedEntry;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which ledgers, journals and evidence files there are below {@code ZU_ROOT/tenant}. Blocking: not for event loops. */
@ApplicationScoped
public class LedgerFolders {

    /** An evidence file. */
    record EvidenceFile(RepoId repoId, LocalDate day, Path path) {
    }

    private static final String PARTITION = "dt=";
    private final ZuRoot root;
    private final Region region;

    LedgerFolders(PlaneConfig plane) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
    }

    /** The root of the fabric. */
    public ZuRoot root() {
        return root;
    }

    /** The region of this plane's ledgers. */
    public Region region() {
        return region;
    }

    /** Tenants with a ledger in this region, by name. */
    public List<TenantId> listTenants() {
        return children(root.tenantsFolder(), TenantId::of).stream()
                .filter(tenant -> Files.isDirectory(root.evidenceFolder(tenant, region)))
                .sorted(Comparator.comparing(TenantId::value))
                .toList();
    }

    /** The tenant's journal of that day. */
    public Path journal(TenantId tenant, LocalDate day) {
        return root.evidenceJournal(tenant, region, day);
    }

    /** The file an entry points at. */
    public Path evidence(TenantId tenant, JournalEntry entry) {
        return root.evidenceData(tenant, region, entry.repoId(), entry.day());
    }

    /** The file that has what stands in the place of an erased line. */
    public Path evidence(TenantId tenant, ErasedEntry entry) {
        return root.evidenceData(tenant, region, entry.repoId(), entry.day());
    }

    /** The folder of erasures that are being carried out. */
    public Path erasures(TenantId tenant) {
        return root.evidenceErasureFolder(tenant, region);
    }

    /** Files of dead letters, oldest first. */
    public List<Path> listDeadLetters(TenantId tenant) {
        return children(root.evidenceDeadLetterFolder(tenant, region), LedgerFolders::day).stream().sorted()
                .map(day -> root.evidenceDeadLetters(tenant, region, day)).filter(Files::exists).toList();
    }

    /** Days with a journal file, oldest first. */
    public List<LocalDate> listJournalDays(TenantId tenant) {
        return children(root.evidenceJournalFolder(tenant, region), LedgerFolders::day).stream()
                .filter(day -> Files.exists(journal(tenant, day)))
                .sorted()
                .toList();
    }

    /** Evidence files of that day and later, by day and file name. */
    List<EvidenceFile> listEvidenceFrom(TenantId tenant, LocalDate first) {
        Path data = root.evidenceDataFolder(tenant, region);
        List<EvidenceFile> files = new ArrayList<>();
        for (RepoId repo : children(data, RepoId::of)) {
            for (LocalDate day : children(data.resolve(repo.value()), LedgerFolders::day)) {
                Path file = root.evidenceData(tenant, region, repo, day);
                if (!day.isBefore(first) && Files.exists(file)) {
                    files.add(new EvidenceFile(repo, day, file));
                }
            }
        }
        files.sort(Comparator.comparing(EvidenceFile::day).thenComparing(file -> file.repoId().value()));
        return files;
    }

    /** Dead letters of days before that one. */
    public List<Path> listDeadLettersBefore(TenantId tenant, LocalDate first) {
        return children(root.evidenceDeadLetterFolder(tenant, region), LedgerFolders::day).stream().sorted()
                .filter(day -> day.isBefore(first)).map(day -> root.evidenceDeadLetters(tenant, region, day))
                .filter(Files::exists).toList();
    }

    /** Files of days before that one, those that receipts lie in before the journal's. */
    public List<Path> listBefore(TenantId tenant, LocalDate first) {
        List<Path> files = new ArrayList<>();
        listEvidenceFrom(tenant, LocalDate.MIN).stream().filter(file -> file.day().isBefore(first))
                .map(EvidenceFile::path).forEach(files::add);
        listJournalDays(tenant).stream().filter(day -> day.isBefore(first)).map(day -> journal(tenant, day)).forEach(files::add);
        return files;
    }

    /** Whether the journal has a day before that one. */
    public boolean hasBefore(TenantId tenant, LocalDate first) {
        List<LocalDate> days = listJournalDays(tenant);
        return !days.isEmpty() && days.get(0).isBefore(first);
    }

    private static LocalDate day(String folder) {
        if (!folder.startsWith(PARTITION)) {
            throw new IllegalArgumentException("not a day's folder: " + folder);
        }
        return LocalDate.parse(folder.substring(PARTITION.length()));
    }

    /** The names in a folder that have the right form; other names are none of the ledger's business. */
    private static <T> List<T> children(Path folder, Function<String, T> read) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> accept(entry.getFileName().toString(), read)).flatMap(Optional::stream).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> Optional<T> accept(String name, Function<String, T> read) {
        try {
            return Optional.of(read.apply(name));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
