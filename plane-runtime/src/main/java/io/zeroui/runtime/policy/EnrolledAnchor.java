package io.zeroui.runtime.policy;

import io.smallrye.config.ConfigMapping;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The root that came with the enrolment: a file. */
@ApplicationScoped
public class EnrolledAnchor implements PolicyAnchor {

    private final Optional<Path> file;

    EnrolledAnchor(RootConfig config) {
        this.file = config.root().filter(path -> !path.toString().isBlank());
    }

    /** Where it is. */
    @ConfigMapping(prefix = "zeroui.policy.anchor")
    interface RootConfig {
        /** A root document (variable {@code ZEROUI_POLICY_ROOT}), of any version; without it no policy is believed. */
        Optional<Path> root();
    }

    /** Whether there is one, or will be. */
    public boolean isConfigured() {
        return file.isPresent();
    }

    @Override
    public Optional<byte[]> read() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file.get()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
