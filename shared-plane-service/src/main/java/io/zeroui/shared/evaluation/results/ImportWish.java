package io.zeroui.shared.evaluation.results;

import io.zeroui.shared.evaluation.formats.ResultFormat;
import org.jspecify.annotations.Nullable;

/**
 * How a result file is to be brought in.
 *
 * @param format of the file
 * @param suite what was run
 * @param datasetDigest of what it was run over, {@code sha256:{hex}}; null for that of the suite
 * @param codeDigest of what ran it: a SHA-256 or a commit
 * @param model what was evaluated; null for what the file says
 * @param modelDigest of it, {@code sha256:{hex}}
 * @param variant which of several runs in the file; null where it has one
 * @param by who brings it in
 */
public record ImportWish(ResultFormat format, String suite, @Nullable String datasetDigest, String codeDigest, @Nullable String model,
        String modelDigest, @Nullable String variant, String by) {
}
