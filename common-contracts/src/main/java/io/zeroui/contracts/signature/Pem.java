package io.zeroui.contracts.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The PEM texts of RFC 8410, which for Ed25519 are a fixed DER prefix and 32 bytes. */
final class Pem {

    static final String PUBLIC_KEY = "PUBLIC KEY";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final int MAX_LENGTH = 4_096;

    private Pem() {
    }

    static String write(byte[] raw, String label, byte[] prefix) {
        String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der(raw, prefix));
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    static byte[] read(String pem, String label, byte[] prefix, int rawLength) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.length() > MAX_LENGTH ? -1 : pem.indexOf(begin);
        int to = from < 0 ? -1 : pem.indexOf(end, from);
        if (to < 0) {
            throw new IllegalArgumentException("not a PEM text with the label " + label);
        }
        String base64 = pem.substring(from + begin.length(), to).replaceAll("\\s", "");
        byte[] der;
        try {
            der = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the PEM text is not base64", e);
        }
        boolean ed25519 = der.length == prefix.length + rawLength
                && Arrays.equals(der, 0, prefix.length, prefix, 0, prefix.length);
        if (!ed25519) {
            throw new IllegalArgumentException("the PEM text is not an Ed25519 " + label.toLowerCase(java.util.Locale.ROOT));
        }
        return Arrays.copyOfRange(der, prefix.length, der.length);
    }

    static byte[] der(byte[] raw, byte[] prefix) {
        byte[] der = Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, der, prefix.length, raw.length);
        return der;
    }
}
