package io.zeroui.cli.exports;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fetches the file of an export: beside its place first, and into it when its hash is right. */
final class ExportDownload {

    private static final int BUFFER_BYTES = 1 << 16;

    private final ServiceClient client;
    private final String tenant;
    private final Path out;

    ExportDownload(ServiceClient client, String tenant, Path out) {
        this.client = client;
        this.tenant = tenant;
        this.out = out;
    }

    /**
     * Fetches what is not there yet.
     *
     * @param export that is done, as the service describes it
     */
    void fetch(JsonNode export) {
        String id = export.path("export_id").asText();
        String sha256 = export.path("sha256").asText().replaceFirst("^sha256:", "");
        long bytes = export.path("bytes").asLong();
        Path part = out.resolveSibling(out.getFileName() + "." + id + ".part");
        try {
            if (Files.exists(part) && Files.size(part) > bytes) {
                Files.delete(part); // of another file
            }
            if (!Files.exists(part) || Files.size(part) < bytes) {
                client.download(Plane.TENANT, "/v1/evidence/export/" + id + "/file", part, "\"" + sha256 + "\"", "X-Tenant-Id",
                        tenant);
            }
            String found = sha256(part);
            if (!found.equals(sha256)) {
                Files.deleteIfExists(part);
                throw new CliFailure("the file has SHA-256 " + found + " and not " + sha256, "run it again with --id " + id);
            }
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CliFailure("cannot write " + out + ": " + e.getMessage(), "run it again with --id " + id);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
