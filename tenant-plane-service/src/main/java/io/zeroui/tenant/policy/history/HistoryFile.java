package io.zeroui.tenant.policy.history;

import io.zeroui.contracts.policy.claims.HistoryCodec;
import io.zeroui.contracts.policy.claims.HistoryLine;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.records.RecordFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** One tenant's {@code history.jsonl}: what edges could have, and what they reported. */
final class HistoryFile {

    private static final Logger LOG = Logger.getLogger(HistoryFile.class);

    private final Path file;
    private final RecordFile records;

    HistoryFile(Path file) {
        this.file = file;
        this.records = new RecordFile(file, HistoryCodec.LIMITS.maxBytes());
    }

    /**
     * Reads all lines. One that is none is said to the log, and then nothing can be judged.
     *
     * @throws IOException when the file cannot be read
     */
    PolicyHistory read() throws IOException {
        PolicyHistory history = new PolicyHistory();
        records.read(line -> add(history, line));
        return history;
    }

    private void add(PolicyHistory history, Line line) {
        try {
            if (line instanceof Line.Complete complete) {
                history.add(HistoryCodec.read(complete.bytes()));
                return;
            }
            LOG.errorf("the line at byte %d of %s is too long", line.offset(), file);
        } catch (RuntimeException e) {
            LOG.errorf("the line at byte %d of %s is none: %s", line.offset(), file, e);
        }
        history.addDamaged();
    }

    /**
     * Appends lines; they are on the disk when this returns.
     *
     * @throws IOException when they may be there, all or some, or not
     */
    void append(List<? extends HistoryLine> lines) throws IOException {
        List<byte[]> written = new ArrayList<>();
        lines.forEach(line -> written.add(HistoryCodec.write(line)));
        records.append(written);
    }
}
