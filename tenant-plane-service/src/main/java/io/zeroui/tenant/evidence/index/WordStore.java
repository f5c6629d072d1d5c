package io.zeroui.tenant.evidence.index;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Statements;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words by which receipts are found. PostgreSQL makes them, by the same expression for what is written and for what is asked,
 * of the rationale and of each badge; and each badge is a word as a whole. Statements of somebody's transaction.
 */
public final class WordStore {

    /** Most words of a receipt's text, the first ones, beside its badges as a whole. */
    public static final int WORDS = 256;

    /** A word with more than this number of entries counts as having this many: it is common. */
    public static final int COMMON = 1_000;

    /**
     * The lexemes of a text in the order of their first places. Blanks for what begins tags and entities, whose content the
     * parser passes over; the longest lexemes are no words of anybody.
     */
    private static final String LEXEMES = """
            SELECT lexeme AS word
            FROM unnest(to_tsvector('pg_catalog.english', translate(%s, '<>&', '   ')))
            WHERE octet_length(lexeme) <= 128
            ORDER BY positions[1], lexeme
            LIMIT %d
            """;

    private static final String SEPARATOR = "\u001f";

    private WordStore() {
    }

    /**
     * A word of a text that was asked for.
     *
     * @param word as it is indexed
     * @param entries how many receipts have it, at most {@link #COMMON}
     */
    public record AskedWord(String word, int entries) {
    }

    /** A badge as one word. No lexeme begins like it. */
    public static String whole(String badge) {
        return '"' + badge.replace("\"", "").strip().toLowerCase(Locale.ROOT);
    }

    /** The words of new rows, in the order of the index that they go into. */
    static Uni<RowSet<Row>> insert(Statements in, TenantId tenant, List<LedgerLine.Receipt> lines) {
        return in.execute("""
                INSERT INTO {home}.receipt_words (tenant_id, word, timestamp_utc, ledger_sequence)
                SELECT $1, found.word, line.timestamp_utc, line.ledger_sequence
                FROM UNNEST ($2::timestamptz[], $3::bigint[], $4::text[], $5::text[])
                    AS line (timestamp_utc, ledger_sequence, content, wholes)
                CROSS JOIN LATERAL (
                    (%s)
                    UNION ALL
                    SELECT whole FROM unnest(string_to_array(line.wholes, E'\\x1f')) AS whole
                ) AS found
                ORDER BY found.word COLLATE "C", line.timestamp_utc, line.ledger_sequence
                """.formatted(LEXEMES.formatted("line.content", WORDS)), Tuple.tuple()
                .addValue(tenant.value())
                .addValue(lines.stream().map(line -> line.header().timestampUtc().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(lines.stream().map(LedgerLine.Receipt::sequence).toArray(Long[]::new))
                .addValue(lines.stream().map(WordStore::content).toArray(String[]::new))
                .addValue(lines.stream().map(WordStore::wholes).toArray(String[]::new)));
    }

    private static String content(LedgerLine.Receipt line) {
        List<String> parts = new ArrayList<>(line.header().badges());
        parts.add(line.header().rationale());
        return String.join("\n", parts);
    }

    private static String wholes(LedgerLine.Receipt line) {
        return String.join(SEPARATOR, line.header().badges().stream().map(WordStore::whole).filter(whole -> whole.length() > 1)
                .distinct().toList());
    }

    /**
     * The words of texts, each with the number of its receipts in a time; a text that is a badge as {@link #whole} makes it is one
     * word.
     *
     * @param most words are told, those of the first texts
     * @return the words by the place of the text; a text without words is not in it
     */
    public static Uni<Map<Integer, List<AskedWord>>> look(Statements in, TenantId tenant, List<String> texts, int most,
            @Nullable Instant from, @Nullable Instant to) {
        return in.execute("""
                SELECT asked.place, asked.word, (
                    SELECT count(*) FROM (
                        SELECT FROM {home}.receipt_words AS entry
                        WHERE entry.tenant_id = $1 AND entry.word = asked.word
                          AND entry.timestamp_utc >= COALESCE($3, timestamptz '-infinity')
                          AND entry.timestamp_utc < COALESCE($4, timestamptz 'infinity')
                        LIMIT %2$d) AS counted) AS entries
                FROM (
                    SELECT place, found.word
                    FROM UNNEST ($2::text[]) WITH ORDINALITY AS given (content, place)
                    CROSS JOIN LATERAL (
                        (%1$s)
                        UNION ALL
                        SELECT given.content WHERE starts_with(given.content, '"')
                    ) AS found
                    ORDER BY place, found.word COLLATE "C"
                    LIMIT %3$d
                ) AS asked
                """.formatted(LEXEMES.formatted("CASE WHEN starts_with(given.content, '\"') THEN '' ELSE given.content END", WORDS),
                COMMON, most), Tuple.tuple()
                .addValue(tenant.value())
                .addValue(texts.toArray(String[]::new))
                .addValue(from == null ? null : from.atOffset(ZoneOffset.UTC))
                .addValue(to == null ? null : to.atOffset(ZoneOffset.UTC)))
                .map(WordStore::asked);
    }

    private static Map<Integer, List<AskedWord>> asked(RowSet<Row> rows) {
        Map<Integer, List<AskedWord>> words = new LinkedHashMap<>();
        rows.forEach(row -> words.computeIfAbsent(row.getLong("place").intValue() - 1, place -> new ArrayList<>())
                .add(new AskedWord(row.getString("word"), row.getLong("entries").intValue())));
        return words;
    }
}
