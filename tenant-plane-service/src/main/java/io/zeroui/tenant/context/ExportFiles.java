package io.zeroui.tenant.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tenant's exports, a folder for each: {@code {sha256}.txt} has the redacted text, {@code export.json} makes it an export,
 * {@code withdrawn.json} ends it, {@code applied.json} says what the product plane has. Blocking.
 */
final class ExportFiles {

    private static final String EXPORT = "export.json";
    private static final String WITHDRAWN = "withdrawn.json";
    private static final String APPLIED = "applied.json";

    private final Path folder;

    ExportFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * What was exported.
     *
     * @param kind key of its kind
     * @param title redacted
     * @param tags redacted
     * @param contentSha256 hash of the redacted text, 64 hex digits
     * @param characters of the redacted text
     * @param removed how many places were removed, by what was there
     * @param by who exported it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Exported(UUID exportId, String kind, String title, List<String> tags, String contentSha256, int characters, Map<String, Integer> removed,
            Instant exportedAt, String by) {
    }

    /**
     * The end of an export.
     *
     * @param kind key of what it was
     * @param by who withdrew it
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Withdrawn(UUID exportId, String kind, Instant exportedAt, Instant withdrawnAt, String by, String reason) {
    }

    /**
     * What the product plane has said.
     *
     * @param version of the change that it carried out or refused
     * @param epoch of its database
     * @param changes how many that had had by then; null where nobody counted yet
     * @param refusal why it refused; null where it did not
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Applied(int version, UUID epoch, @Nullable Long changes, @Nullable String refusal, Instant at) {
    }

    /**
     * How an export stands.
     *
     * @param exported null once it is withdrawn
     * @param withdrawn null until then
     * @param applied null while nothing has been heard
     */
    record Standing(@Nullable Exported exported, @Nullable Withdrawn withdrawn, @Nullable Applied applied) {

        /** Version of the change that counts. */
        int version() {
            return withdrawn == null ? ContextChanged.EXPORTED : ContextChanged.WITHDRAWN;
        }

        /** Whether the product plane has answered to what counts; with an epoch, whether that one did. */
        boolean isSettled(@Nullable UUID epoch) {
            return applied != null && applied.version() >= version() && (epoch == null || epoch.equals(applied.epoch()));
        }

        /** Whether the product plane may have lost it again: its database has had no more than so many changes. */
        boolean isLost(UUID epoch, long changes) {
            return applied != null && applied.epoch().equals(epoch) && applied.changes() != null && applied.changes() > changes;
        }
    }

    /**
     * Makes an export; on the disk when this returns.
     *
     * @return false when there is one of that id, which stays as it is
     */
    boolean write(Exported exported, String content) throws IOException {
        Path own = of(exported.exportId());
        if (Files.exists(own.resolve(WITHDRAWN)) || Files.exists(own.resolve(EXPORT))) {
            return false;
        }
        DurableFiles.replace(own.resolve(exported.contentSha256() + ".txt"), content.getBytes(StandardCharsets.UTF_8));
        return DurableFiles.writeNew(own.resolve(EXPORT), EventJson.write(exported));
    }

    /**
     * Ends an export, and removes its text; the end is on the disk when this returns.
     *
     * @return false when it had ended before
     */
    boolean withdraw(Withdrawn withdrawn) throws IOException {
        Path own = of(withdrawn.exportId());
        boolean isNew = DurableFiles.writeNew(own.resolve(WITHDRAWN), EventJson.write(withdrawn));
        removeText(own);
        return isNew;
    }

    /** Notes what the product plane said, unless something newer of the same epoch is noted. */
    void apply(UUID exportId, Applied applied) throws IOException {
        Path own = of(exportId);
        Applied known = read(own.resolve(APPLIED), Applied.class);
        boolean isOlder = known != null && known.epoch().equals(applied.epoch()) && known.version() >= applied.version();
        if (!isOlder && Files.isDirectory(own)) {
            DurableFiles.replace(own.resolve(APPLIED), EventJson.write(applied));
        }
    }

    /** Takes what the product plane said as not said. */
    void forget(UUID exportId) throws IOException {
        Path own = of(exportId);
        if (Files.deleteIfExists(own.resolve(APPLIED))) {
            DurableFiles.syncFolder(own);
        }
    }

    /** How an export stands; empty where there is none. What a crash left half removed is removed. */
    Optional<Standing> find(UUID exportId) throws IOException {
        Path own = of(exportId);
        Withdrawn withdrawn = read(own.resolve(WITHDRAWN), Withdrawn.class);
        if (withdrawn != null) {
            removeText(own);
            return Optional.of(new Standing(null, withdrawn, read(own.resolve(APPLIED), Applied.class)));
        }
        Exported exported = read(own.resolve(EXPORT), Exported.class);
        return exported == null ? Optional.empty()
                : Optional.of(new Standing(exported, null, read(own.resolve(APPLIED), Applied.class)));
    }

    /**
     * The redacted text of an export.
     *
     * @throws IOException when it is not there, or is not what was exported
     */
    String content(Exported exported) throws IOException {
        byte[] bytes = Files.readAllBytes(of(exported.exportId()).resolve(exported.contentSha256() + ".txt"));
        if (!Hash.of(bytes).hex().equals(exported.contentSha256())) {
            throw new IOException("the text of the export " + exported.exportId() + " is not what was exported");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Ids of all exports, the newest first: an id begins with its time. */
    List<UUID> list() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> id(String.valueOf(entry.getFileName()))).flatMap(Optional::stream)
                    .sorted(Comparator.comparing(UUID::toString).reversed()).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** Removes every file; what is written meanwhile stays, and is removed by the next time. */
    void removeAll() throws IOException {
        for (UUID id : list()) {
            List<Path> all;
            try (Stream<Path> files = Files.list(of(id))) {
                all = files.toList();
            }
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(of(id));
        }
        Files.deleteIfExists(folder);
    }

    private static Optional<UUID> id(String name) {
        try {
            UUID id = UUID.fromString(name);
            return id.toString().equals(name) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Path of(UUID exportId) {
        return folder.resolve(exportId.toString());
    }

    private static void removeText(Path own) throws IOException {
        List<Path> texts;
        try (Stream<Path> files = Files.list(own)) {
            texts = files.filter(file -> !List.of(WITHDRAWN, APPLIED).contains(String.valueOf(file.getFileName()))).toList();
        }
        for (Path text : texts) {
            Files.deleteIfExists(text);
        }
        if (!texts.isEmpty()) {
            DurableFiles.syncFolder(own);
        }
    }

    private static <T> @Nullable T read(Path file, Class<T> type) throws IOException {
        try {
            return EventJson.read(Files.readAllBytes(file), type);
        } catch (NoSuchFileException e) {
            return null;
        } catch (InvalidEvent e) {
            throw new IOException("the file " + file + " is damaged: " + e.getMessage(), e);
        }
    }
}
