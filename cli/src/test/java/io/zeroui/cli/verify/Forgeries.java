package io.zeroui.cli.verify;

import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.JournalCodec;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Lines that are changed together with what the journal says of them. */
final class Forgeries {

    private Forgeries() {
    }

    /** What becomes of a journal line. */
    interface Change {
        JournalEntry of(JournalEntry entry);
    }

    static void rewrite(LedgerOnDisk ledger, int line, Change change) throws IOException {
        JournalEntry changed = change.of(ledger.entries.get(line - 1));
        List<String> lines = Files.readAllLines(ledger.journal(line));
        int first = 0;
        while (JournalCodec.read(lines.get(first).getBytes(StandardCharsets.UTF_8)).sequence() != line) {
            first++;
        }
        lines.set(first, new String(JournalCodec.write(changed), StandardCharsets.UTF_8));
        Files.write(ledger.journal(line), lines);
    }

    private static byte[] changedLine(LedgerOnDisk ledger, int line) throws IOException {
        JournalEntry entry = ledger.entries.get(line - 1);
        byte[] bytes = Files.readAllBytes(ledger.data(line));
        String text = new String(bytes, (int) entry.offset(), entry.length(), StandardCharsets.UTF_8);
        return text.replace("\"pass\"", "\"warn\"").getBytes(StandardCharsets.UTF_8);
    }

    private static void put(LedgerOnDisk ledger, int line, byte[] content) throws IOException {
        byte[] bytes = Files.readAllBytes(ledger.data(line));
        System.arraycopy(content, 0, bytes, (int) ledger.entries.get(line - 1).offset(), content.length);
        Files.write(ledger.data(line), bytes);
    }

    static void changeWithHash(LedgerOnDisk ledger) throws IOException {
        byte[] changed = changedLine(ledger, 7);
        put(ledger, 7, changed);
        rewrite(ledger, 7, entry -> new JournalEntry(entry.sequence(), entry.receiptId(), entry.repoId(), entry.day(),
                entry.offset(), entry.length(), Hash.of(changed), entry.receivedAt(), entry.commitment(), null));
    }

    static void changeWithCommitment(LedgerOnDisk ledger) throws IOException {
        byte[] changed = changedLine(ledger, 7);
        put(ledger, 7, changed);
        rewrite(ledger, 7, entry -> new JournalEntry(entry.sequence(), entry.receiptId(), entry.repoId(), entry.day(),
                entry.offset(), entry.length(), Hash.of(changed), entry.receivedAt(), Commitment.to(changed), null));
    }

    /** With the emitter's private key: nothing but the log can tell. */
    static void signAnew(LedgerOnDisk ledger) throws IOException {
        JournalEntry entry = ledger.entries.get(6);
        byte[] forged = ledger.emitter.decision(entry.repoId().value(), entry.receiptId().value(), receipt -> receipt
                .withObject("/decision").put("status", "warn"));
        if (forged.length != entry.length()) {
            throw new IOException("the forged line has another length");
        }
        put(ledger, 7, forged);
        rewrite(ledger, 7, old -> new JournalEntry(old.sequence(), old.receiptId(), old.repoId(), old.day(), old.offset(),
                old.length(), Hash.of(forged), old.receivedAt(), Commitment.to(forged), null));
    }
}
