package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.ActEntry;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.ledger.bases.LedgerBaseCodec;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.RightEdge;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.TiledTree;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tenant's ledger as the tenant plane writes it, made without one. */
final class LedgerOnDisk {

    static final TenantId TENANT = TenantId.of("acme");
    static final Region REGION = Region.of("local");
    static final List<String> REPOS = List.of("core-api", "web-shop");

    final ZuRoot root;
    final Ed25519KeyPair logKey;
    final VerifierKey vkey;
    final SignedReceipts emitter = SignedReceipts.withNewKey("kid-1");
    final List<JournalEntry> entries = new ArrayList<>();
    final List<byte[]> notes = new ArrayList<>();
    private final Map<Path, Long> ends = new HashMap<>();
    private final String origin = new LogOrigin(LogOrigin.DEFAULT_PREFIX, REGION).of(TENANT);
    private RightEdge edge = RightEdge.EMPTY;
    private int acts;

    LedgerOnDisk(Path folder) throws IOException {
        this(folder, Ed25519.newKeyPair());
    }

    LedgerOnDisk(Path folder, Ed25519KeyPair logKey) throws IOException {
        this.root = new ZuRoot(folder);
        this.logKey = logKey;
        this.vkey = new VerifierKey(origin, VerifierKey.ED25519, logKey.publicKey());
        Path key = root.tenantTrust(TENANT, REGION, emitter.kid());
        Files.createDirectories(key.getParent());
        Files.writeString(key, SpkiPem.write(emitter.keys().publicKey()));
        document(KeyDocument.of(emitter.kid(), emitter.keys().publicKey()));
    }

    /** Writes what is known of the emitter's key. */
    LedgerOnDisk document(KeyDocument document) throws IOException {
        Files.write(document(), KeyDocumentCodec.write(document));
        return this;
    }

    /** The file beside the emitter's key. */
    Path document() {
        return ZuRoot.keyDocument(root.tenantTrustFolder(TENANT, REGION), emitter.kid());
    }

    /** Stores receipts, journals them and brings them into the log, as one batch with its checkpoint. */
    LedgerOnDisk batch(int receipts, Instant at) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < receipts; i++) {
            lines.add(emitter.decision(REPOS.get(i % REPOS.size())));
        }
        return batch(lines, at);
    }

    LedgerOnDisk batch(List<byte[]> lines, Instant at) throws IOException {
        List<JournalEntry> added = new ArrayList<>();
        for (byte[] line : lines) {
            JournalEntry entry = store(line, at);
            journal(entry);
            added.add(entry);
        }
        log(added);
        return this;
    }

    /** Appends a line to its evidence file; the entry is not in the journal yet. */
    JournalEntry store(byte[] line, Instant at) throws IOException {
        var receipt = io.zeroui.cli.output.Json.read(new String(line, StandardCharsets.UTF_8));
        RepoId repo = RepoId.of(receipt.at("/actor/repo_id").asText());
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Path file = root.evidenceData(TENANT, REGION, repo, day);
        long offset = ends.getOrDefault(file, 0L);
        append(file, line);
        ends.put(file, offset + line.length + 1);
        return new JournalEntry(entries.size() + acts + 1L, ReceiptId.of(receipt.get("receipt_id").asText()), repo, day, offset,
                line.length, Hash.of(line), at, Commitment.to(line), null);
    }

    void journal(JournalEntry entry) throws IOException {
        append(root.evidenceJournal(TENANT, REGION, entry.day()), JournalCodec.write(entry));
        entries.add(entry);
    }

    /** Journals the tombstone of a line. */
    ActEntry bury(int line, Instant at) throws IOException {
        JournalEntry entry = entries.get(line - 1);
        ActEntry tombstone = ActEntry.of(entries.size() + acts + 1L, LocalDate.ofInstant(at, ZoneOffset.UTC), at, ActCodec.write(
                new LedgerAct.Erasure("e-" + line, line, entry.receiptId(), new Why("key:test", "test", ""))));
        append(root.evidenceJournal(TENANT, REGION, tombstone.day()), JournalCodec.write(tombstone));
        acts++;
        return tombstone;
    }

    /** Overwrites a line in its evidence file by what is left of it. */
    void blank(int line) throws IOException {
        JournalEntry entry = entries.get(line - 1);
        FileEdits.overwrite(data(line), entry.offset(),
                new ErasedLine(entry.receiptId(), "acme:ide:default:unknown").bytes(entry.length()));
    }

    /** Overwrites the journal's line. */
    void blankInJournal(int line) throws IOException {
        byte[] before = JournalCodec.write(entries.get(line - 1));
        FileEdits.overwrite(journal(line), FileEdits.find(journal(line), before), JournalCodec.erase(before));
    }

    /** Erases a line as the tenant plane does. */
    LedgerOnDisk erase(int line, Instant at) throws IOException {
        ActEntry tombstone = bury(line, at);
        blank(line);
        blankInJournal(line);
        log(List.of(tombstone));
        return this;
    }

    /** Writes the base that a ledger goes on from without the days before one, and the act that says so. */
    ActEntry sayDropped(LocalDate firstDay, Instant at) throws IOException {
        long sequence = entries.stream().filter(entry -> entry.day().isBefore(firstDay)).count();
        Path last = root.evidenceJournal(TENANT, REGION, entries.get(entries.size() - 1).day());
        LedgerBase base = new LedgerBase(TENANT, sequence, firstDay, new TiledTree(this::tile, edge.size()).rootHash(sequence),
                entries.get(entries.size() - 1).day(), Files.size(last), List.of(), List.of(), List.of());
        byte[] bytes = LedgerBaseCodec.write(base);
        Files.createDirectories(base(sequence).getParent());
        Files.write(base(sequence), bytes);
        ActEntry act = ActEntry.of(entries.size() + acts + 1L, LocalDate.ofInstant(at, ZoneOffset.UTC), at, ActCodec.write(
                new LedgerAct.DaysDropped(sequence, firstDay, Hash.of(bytes), new Why("plane", "test", ""))));
        append(root.evidenceJournal(TENANT, REGION, act.day()), JournalCodec.write(act));
        acts++;
        return act;
    }

    /** Drops days as the tenant plane does. */
    LedgerOnDisk drop(LocalDate firstDay, Instant at) throws IOException {
        log(List.of(sayDropped(firstDay, at)));
        for (JournalEntry entry : entries) {
            if (entry.day().isBefore(firstDay)) {
                Files.deleteIfExists(root.evidenceData(TENANT, REGION, entry.repoId(), entry.day()));
                Files.deleteIfExists(root.evidenceJournal(TENANT, REGION, entry.day()));
                Path bundle = log().resolve(new TilePath(TilePath.ENTRIES, (entry.sequence() - 1) / 256, 256).path());
                if (entries.get((int) Math.min(entries.size() - 1, ((entry.sequence() - 1) / 256 + 1) * 256)).day().isBefore(firstDay)) {
                    Files.deleteIfExists(bundle);
                }
            }
        }
        return this;
    }

    Path base(long sequence) {
        return root.evidenceBaseFolder(TENANT, REGION).resolve(sequence + ".jsonl");
    }

    private byte[] tile(TilePath path) {
        try {
            Path file = log().resolve(path.path());
            return Files.readAllBytes(Files.exists(file) ? file : log().resolve(path.full().path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void log(List<? extends JournalRecord> added) throws IOException {
        edge = edge.append(added.stream().map(entry -> LogEntry.of(entry).bytes()).toList(), (path, content) -> {
            try {
                Path file = log().resolve(path.path());
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        notes.add(note(edge.size(), edge.rootHash()));
        Path next = Files.write(log().resolve("checkpoint.new"), note(edge.size(), edge.rootHash()));
        Path moved = Files.move(next, checkpoint(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assert Files.exists(moved);
    }

    byte[] note(long size, Hash rootHash) {
        return SignedNote.sign(Checkpoint.of(origin, size, rootHash).text(), vkey, logKey.privateKey()).format();
    }

    /** A witness' file as the tenant plane keeps it: the checkpoint after that batch, cosigned. */
    Path cosigned(int batch, VerifierKey witness, Ed25519KeyPair key, Instant at) throws IOException {
        SignedNote note = SignedNote.parse(notes.get(batch)).cosign(witness, key.privateKey(), at.getEpochSecond());
        Files.createDirectories(witnessFile().getParent());
        return Files.write(witnessFile(), note.format());
    }

    Path witnessFile() {
        return log().resolve("witness/w.example+00000001");
    }

    Path log() {
        return root.evidenceLogFolder(TENANT, REGION);
    }

    Path checkpoint() {
        return log().resolve("checkpoint");
    }

    /** The journal file that has the line. */
    Path journal(int line) {
        return root.evidenceJournal(TENANT, REGION, entries.get(line - 1).day());
    }

    /** The evidence file that has the line. */
    Path data(int line) {
        JournalEntry entry = entries.get(line - 1);
        return root.evidenceData(TENANT, REGION, entry.repoId(), entry.day());
    }

    private static void append(Path file, byte[] line) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] ended = java.util.Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        Files.write(file, ended, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
