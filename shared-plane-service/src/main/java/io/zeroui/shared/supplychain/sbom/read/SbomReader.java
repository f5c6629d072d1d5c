package io.zeroui.shared.supplychain.sbom.read;

import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomFormat;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a bill of materials of any of the formats. Blocking. */
@ApplicationScoped
public class SbomReader {

    private static final int BUFFER_BYTES = 1 << 16;

    private final SbomConfig limits;

    /** A reader within limits. */
    public SbomReader(SbomConfig limits) {
        this.limits = limits;
    }

    /**
     * Reads a file.
     *
     * @throws io.zeroui.runtime.problems.ProblemException when it is none of the formats, or breaks a rule of its own or one of the limits: status
     *             400, or 413 for what is too much
     */
    public Sbom read(Path file) {
        try {
            SbomFormat format = FormatGuess.of(file, limits);
            requireLength(Files.size(file), format);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
                return switch (format) {
                    case CYCLONEDX_JSON -> CycloneDxJson.read(in, limits);
                    case CYCLONEDX_XML -> CycloneDxXml.read(in, limits);
                    case SPDX_JSON, SPDX_XML, SPDX_TAG_VALUE -> Spdx2.read(file, format, limits);
                    case SPDX_JSON_LD -> Spdx3.read(file, limits);
                };
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireLength(long bytes, SbomFormat format) {
        long most = format.isHeldWhole() ? limits.wholeBytesMost() : limits.bytesMost();
        if (bytes > most) {
            throw SbomProblem.TOO_LARGE.because("A document in the format " + format.text() + " has at most " + most + " bytes, not " + bytes);
        }
    }
}
