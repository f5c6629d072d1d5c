package io.zeroui.runtime.policy.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 of files as OPA computes it for its signatures: a Rego module by its bytes; JSON by its value, written without white space, members
 * sorted by the bytes of their names, numbers as they stand in the file, and strings with the escapes of Go's encoder.
 */
final class OpaDigest {

    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest;

    private OpaDigest(MessageDigest digest) {
        this.digest = digest;
    }

    /** Of a file that is not JSON, in hex. */
    static String ofBytes(byte[] bytes) {
        return HEX.formatHex(sha256().digest(bytes));
    }

    /** Of a file that has this value in canonical form, in hex. */
    static String ofJson(JsonNode value) {
        OpaDigest walk = new OpaDigest(sha256());
        walk.add(value);
        return HEX.formatHex(walk.digest.digest());
    }

    private void add(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> addObject(value);
            case ARRAY -> {
                String separator = "[";
                for (JsonNode element : value) {
                    write(separator);
                    add(element);
                    separator = ",";
                }
                write(value.isEmpty() ? "[]" : "]");
            }
            case STRING -> write(quoted(value.textValue()));
            default -> digest.update(CanonicalJson.of(value));
        }
    }

    private void addObject(JsonNode object) {
        Map<byte[], JsonNode> members = new TreeMap<>(Arrays::compareUnsigned);
        object.fields().forEachRemaining(member -> members.put(member.getKey().getBytes(StandardCharsets.UTF_8), member.getValue()));
        String separator = "{";
        for (Map.Entry<byte[], JsonNode> member : members.entrySet()) {
            write(separator);
            write(quoted(new String(member.getKey(), StandardCharsets.UTF_8)));
            write(":");
            add(member.getValue());
            separator = ",";
        }
        write(members.isEmpty() ? "{}" : "}");
    }

    private void write(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\u2028', '\u2029' -> quoted.append("\\u").append(HEX.toHexDigits(c));
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
