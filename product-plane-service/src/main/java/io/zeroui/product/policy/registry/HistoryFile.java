package io.zeroui.product.policy.registry;

import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActCodec;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.records.RecordFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One tenant's {@code history.jsonl}: acts, one a line. */
final class HistoryFile {

    private final Path file;
    private final RecordFile records;

    HistoryFile(Path file) {
        this.file = file;
        this.records = new RecordFile(file, PolicyActCodec.LIMITS.maxBytes());
    }

    /**
     * Reads all acts.
     *
     * @throws IOException when it cannot be read, or a line is none
     */
    void replay(Consumer<PolicyAct> each) throws IOException {
        records.read(line -> each.accept(act(line)));
    }

    private PolicyAct act(Line line) throws IOException {
        try {
            if (line instanceof Line.Complete complete) {
                return PolicyActCodec.read(complete.bytes());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the line at byte " + line.offset() + " of " + file + " is no act: " + e.getMessage(), e);
        }
        throw new IOException("the line at byte " + line.offset() + " of " + file + " is too long");
    }

    /**
     * Appends an act; it is on the disk when this returns.
     *
     * @throws IOException when it may be there or not
     */
    void append(PolicyAct act) throws IOException {
        records.append(List.of(PolicyActCodec.write(act)));
    }
}
