package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import java.io.IOException;

/** One format. */
interface ResultCodec {

    /**
     * Reads a file to its end.
     *
     * @return what it says about the run
     */
    RunFacts read(JsonCursor cursor, ResultSink sink) throws IOException, InvalidResults;

    /** Begins a file; what it writes ends with the last element of it. */
    Writer write(JsonGenerator out, RunFacts facts) throws IOException;

    /** Writes one file. */
    interface Writer {

        /** Adds a result. */
        void add(ItemResult result) throws IOException;

        /** Ends the file. */
        void end() throws IOException;
    }
}
