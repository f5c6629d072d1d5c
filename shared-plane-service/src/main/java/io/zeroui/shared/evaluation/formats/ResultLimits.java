package io.zeroui.shared.evaluation.formats;

/**
 * How much of a result file is read before it is refused.
 *
 * @param bytes length of the file
 * @param results items times epochs times variants
 * @param scores of one result
 * @param depth how deep objects and lists may be in each other
 * @param text longest text that is looked at, in characters: an input, an output, a reason
 */
public record ResultLimits(long bytes, int results, int scores, int depth, int text) {

    /** 1 GiB, 200,000 results of 100 scores, depth 200, texts of 16 Mi characters. */
    public static final ResultLimits USUAL = new ResultLimits(1L << 30, 200_000, 100, 200, 16 << 20);
}
