package io.zeroui.shared.evaluation.results;

import io.zeroui.shared.evaluation.formats.InvalidResults;
import io.zeroui.shared.evaluation.formats.ResultFiles;
import io.zeroui.shared.evaluation.formats.ResultFormat;
import io.zeroui.shared.evaluation.formats.ResultLimits;
import io.zeroui.shared.evaluation.formats.ResultSink;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The results of a run as they are kept: lines of JSON, items in the order of their ids, epochs in theirs. Blocking. */
final class KeptResults {

    private KeptResults() {
    }

    static void write(Path file, RunFacts facts, List<List<ItemResult>> items) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ResultFiles.Output results = ResultFiles.write(ResultFormat.JSONL, facts, out)) {
            for (List<ItemResult> epochs : items) {
                for (ItemResult epoch : epochs) {
                    results.take(epoch);
                }
            }
        }
    }

    /** Reads what {@link #write} wrote; fails where it is something else by now. */
    static void read(Path file, ResultSink sink) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            RunFacts facts = ResultFiles.read(ResultFormat.JSONL, in, ResultLimits.USUAL, sink);
            assert facts != null;
        } catch (InvalidResults e) {
            throw new IOException("the object " + file.getFileName() + " is no results: " + e.place() + ": " + e.what());
        }
    }
}
