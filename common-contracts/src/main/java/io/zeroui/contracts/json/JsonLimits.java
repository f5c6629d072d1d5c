package io.zeroui.contracts.json;

/**
 * How much JSON is read before it is refused.
 *
 * @param maxBytes length of the document
 * @param maxDepth nesting of objects and arrays
 * @param maxStringLength characters of one string value
 * @param maxNumberLength characters of one number
 * @param maxMembers members and elements of the whole document
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxStringLength, int maxNumberLength, int maxMembers) {

    /** Limits for one receipt: 256 KiB, depth 32, strings of 64 Ki, numbers of 64 characters, 8,192 members. */
    public static final JsonLimits RECEIPT = new JsonLimits(262_144, 32, 65_536, 64, 8_192);

    public JsonLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxStringLength < 1 || maxNumberLength < 1 || maxMembers < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }
}
