package io.zeroui.tenant.evidence.export.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that answers about receipts have as their {@code index}, with a header row. Lists are JSON arrays. */
final class CsvRows implements RowWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = "\r\n";

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    CsvRows(OutputStream out) throws IOException {
        this.out = out;
        write(Column.ALL.stream().map(Column::name).toList());
    }

    @Override
    public void write(IndexedReceipt row) throws IOException {
        IndexAnswer answer = IndexAnswer.of(row);
        write(Column.ALL.stream().map(column -> text(column.of(answer))).toList());
    }

    private void write(List<@Nullable String> cells) throws IOException {
        line.setLength(0);
        for (String cell : cells) {
            CsvCell.append(line, cell);
            line.append(',');
        }
        line.setLength(line.length() - 1);
        out.write(line.append(END).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String text(@Nullable Object value) {
        try {
            return value == null ? null : value instanceof List<?> list ? JSON.writeValueAsString(list) : value.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
