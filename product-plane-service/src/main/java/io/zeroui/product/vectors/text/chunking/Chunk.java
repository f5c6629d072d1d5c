package io.zeroui.product.vectors.text.chunking;

/**
 * A piece of a text.
 *
 * @param index from 0
 * @param start where it begins in the text, in UTF-16 code units
 * @param end where it ends
 * @param text the text from start to end
 */
public record Chunk(int index, int start, int end, String text) {
}
