package io.zeroui.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** A bundle of OPA as another program reads it: tar and gzip and signature by what the JDK has, not by what made it. */
public final class UnpackedBundle {

    private static final int BLOCK = 512;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private UnpackedBundle() {
    }

    /** Unpacks a tarball of plain files (POSIX.1-1988, and longer names by extended headers). */
    public static UnpackedBundle of(byte[] bundle) {
        UnpackedBundle unpacked = new UnpackedBundle();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bundle))) {
            byte[] tar = in.readAllBytes();
            String longName = "";
            for (int at = 0; at + BLOCK <= tar.length && tar[at] != 0;) {
                int size = Integer.parseInt(text(tar, at + 124, 12).strip(), 8);
                byte[] content = java.util.Arrays.copyOfRange(tar, at + BLOCK, at + BLOCK + size);
                if (tar[at + 156] == 'x') {
                    String header = new String(content, StandardCharsets.UTF_8);
                    longName = header.lines().filter(line -> line.contains(" path=")).map(line -> line.substring(line.indexOf('=') + 1)).findFirst().orElse("");
                } else {
                    unpacked.files.put(longName.isEmpty() ? text(tar, at, 100) : longName, content);
                    longName = "";
                }
                at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return unpacked;
    }

    /** Content by name, in the order of the tarball. */
    public Map<String, byte[]> files() {
        return files;
    }

    /** A JSON file; missing where there is none of that name. */
    public JsonNode json(String name) {
        try {
            byte[] file = files.get(name);
            return file == null ? JSON.missingNode() : JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code data.zeroui.policies[policy]} is to a rule. */
    public JsonNode policy(String policy) {
        return json("zeroui/policies/" + policy + "/data.json");
    }

    /** A text file. */
    public String text(String name) {
        byte[] file = files.get(name);
        return file == null ? "" : new String(file, StandardCharsets.UTF_8);
    }

    /** The revision of the manifest. */
    public String revision() {
        return json(".manifest").path("revision").asText();
    }

    /** Whether the signature is that of the key (SPKI, DER) under RS256. */
    public boolean isSignedBy(byte[] publicKey) {
        try {
            String[] jws = jws();
            PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update((jws[0] + "." + jws[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(jws[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The header of the signature. */
    public JsonNode signatureHeader() {
        return decoded(jws()[0]);
    }

    /** What is signed. */
    public JsonNode signed() {
        return decoded(jws()[1]);
    }

    private String[] jws() {
        return json(".signatures.json").path("signatures").path(0).asText().split("\\.");
    }

    private static JsonNode decoded(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] tar, int from, int length) {
        String field = new String(tar, from, length, StandardCharsets.UTF_8);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }
}
