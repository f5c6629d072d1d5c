package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.zeroui.shared.evaluation.formats.ResultCodec.Writer;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads and writes result files of every format. */
public final class ResultFiles {

    private static final JsonFactory JSON = new JsonFactory();

    private ResultFiles() {
    }

    /**
     * Reads a file, result by result.
     *
     * @param sink gets the results; what it got is to be dropped when the reading fails
     * @return what the file says about the run
     * @throws InvalidResults when it is not of that format, or goes beyond the limits
     */
    public static RunFacts read(ResultFormat format, InputStream in, ResultLimits limits, ResultSink sink) throws IOException, InvalidResults {
        int[] results = {0};
        RunFacts facts = codec(format).read(new JsonCursor(in, limits), result -> {
            if (++results[0] > limits.results()) {
                throw new InvalidResults("", "a file has at most " + limits.results() + " results");
            }
            sink.take(result);
        });
        if (results[0] == 0) {
            throw new InvalidResults("", "there is no result in the file");
        }
        return facts;
    }

    /** Begins a file of a format; {@link Output#close()} ends it and leaves the stream open. */
    public static Output write(ResultFormat format, RunFacts facts, OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        if (format.extension().equals("jsonl")) {
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        }
        return new Output(json, codec(format).write(json, facts), format);
    }

    private static ResultCodec codec(ResultFormat format) {
        return switch (format) {
            case PROMPTFOO -> new PromptfooCodec();
            case INSPECT -> new InspectCodec();
            case OPENAI_EVALS -> new OpenAiEvalsCodec();
            case JSONL -> new JsonlCodec();
        };
    }

    /** A file that is being written. */
    public static final class Output implements ResultSink, AutoCloseable {

        private final JsonGenerator json;
        private final Writer writer;
        private final ResultFormat format;

        private Output(JsonGenerator json, Writer writer, ResultFormat format) {
            this.json = json;
            this.writer = writer;
            this.format = format;
        }

        @Override
        public void take(ItemResult result) throws IOException {
            writer.add(result);
        }

        @Override
        public void close() throws IOException {
            writer.end();
            if (format.extension().equals("jsonl")) {
                json.writeRaw('\n');
            }
            json.close();
        }
    }
}
