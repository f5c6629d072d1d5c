package io.zeroui.shared.evaluation.formats;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats of result files. */
public enum ResultFormat {
    /** Output of {@code promptfoo eval -o results.json}, versions 2 to 4 of its results. */
    PROMPTFOO("json"),
    /** An Inspect log in JSON, versions 1 to 3. */
    INSPECT("json"),
    /** What the local recorder of OpenAI's evals writes: one JSON object a line. */
    OPENAI_EVALS("jsonl"),
    /** One item a line; also how this plane keeps them. */
    JSONL("jsonl");

    private final String extension;

    ResultFormat(String extension) {
        this.extension = extension;
    }

    /** As requests have it, for example {@code openai-evals}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How names of such files end, without a dot. */
    public String extension() {
        return extension;
    }

    /** Media type of such files. */
    public String mediaType() {
        return extension.equals("json") ? "application/json" : "application/x-ndjson";
    }

    /** The format of that key, if there is one. */
    public static Optional<ResultFormat> find(String key) {
        return Arrays.stream(values()).filter(format -> format.key().equals(key)).findFirst();
    }
}
