package io.zeroui.shared.journal;

import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fingerprint of all that is computed from the journals.
 *
 * @param rows of all its tables
 * @param digest SHA-256 over each table's name, rows and sum of its rows' hashes; hex
 */
public record JournalDigest(long rows, String digest) {

    /**
     * One table's.
     *
     * @param hashes sum of the first seven bytes of the SHA-256 of every row, as hex
     */
    record Table(String name, long rows, String hashes) {
    }

    static JournalDigest of(List<Table> tables) {
        StringBuilder all = new StringBuilder();
        tables.forEach(table -> all.append(table.name()).append(' ').append(table.rows()).append(' ').append(table.hashes()).append('\n'));
        return new JournalDigest(tables.stream().mapToLong(Table::rows).sum(), Hash.of(all.toString().getBytes(StandardCharsets.UTF_8)).hex());
    }
}
