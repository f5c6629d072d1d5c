package io.zeroui.cli.attestations;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.attestation.Members;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that are read. */
final class DocumentFile {

    private static final int BLOCK = 1 << 16;
    private static final int ARTIFACT_MOST = 64 << 20;

    private DocumentFile() {
    }

    /** A document, which is not longer than documents are read. */
    static byte[] read(Path file) {
        try {
            if (Files.size(file) > Members.BYTES_MOST) {
                throw new CliFailure(file + " has more than " + Members.BYTES_MOST + " bytes", "is it an attestation?");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** An artifact; absent where it is too long to be held. */
    static byte @Nullable [] artifact(@Nullable Path file) {
        try {
            return file == null || Files.size(file) > ARTIFACT_MOST ? null : Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The digests of a file of any length that subjects may have: SHA-256, SHA-384 and SHA-512. */
    static List<String> digests(Path file) {
        List<String> digests = new ArrayList<>();
        for (String bits : List.of("256", "384", "512")) {
            digests.add("sha" + bits + ':' + HexFormat.of().formatHex(digest("SHA-" + bits, file)));
        }
        return digests;
    }

    private static byte[] digest(String algorithm, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read > 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return digest.digest();
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static CliFailure unreadable(@Nullable Path file, IOException e) {
        return new CliFailure(file + " cannot be read: " + e.getMessage(), "look at its name and permissions");
    }
}
