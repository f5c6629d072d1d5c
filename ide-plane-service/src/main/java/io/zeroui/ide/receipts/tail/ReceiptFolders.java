package io.zeroui.ide.receipts.tail;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.ide.receipts.ReceiptFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Looks for {@code ide/receipts/{repo-id}/{yyyy}/{mm}/receipts.jsonl}. Folders whose names are not repository ids, and links,
 * are not entered. Methods block on the disk.
 */
@ApplicationScoped
public class ReceiptFolders {

    private static final Set<String> BESIDE = Set.of("quarantine", "checkpoints", "index");
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern MONTH = Pattern.compile("0[1-9]|1[0-2]");

    private final ZuRoot root;

    ReceiptFolders(ReceiptFiles files) {
        this.root = files.root();
    }

    /**
     * What a look found.
     *
     * @param files the receipt files, by path
     * @param strangers names of folders that are no repository's
     */
    public record Look(List<SeenFile> files, List<String> strangers) {
    }

    /** Looks once. */
    public Look look() throws IOException {
        List<SeenFile> found = new ArrayList<>();
        List<String> strangers = new ArrayList<>();
        for (Path folder : foldersOf(root.ideReceiptsFolder())) {
            String name = String.valueOf(folder.getFileName());
            if (BESIDE.contains(name)) {
                continue;
            }
            try {
                addFiles(RepoId.of(name), folder, found);
            } catch (IllegalArgumentException noRepository) {
                strangers.add(name);
            }
        }
        return new Look(found, strangers);
    }

    private void addFiles(RepoId repoId, Path folder, List<SeenFile> found) throws IOException {
        for (Path year : foldersOf(folder)) {
            if (!YEAR.matcher(String.valueOf(year.getFileName())).matches()) {
                continue;
            }
            for (Path month : foldersOf(year)) {
                if (MONTH.matcher(String.valueOf(month.getFileName())).matches()) {
                    addFile(repoId, month.resolve("receipts.jsonl"), found);
                }
            }
        }
    }

    private void addFile(RepoId repoId, Path file, List<SeenFile> found) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                found.add(new SeenFile(repoId, file, root.relative(file), attributes.size(), attributes.fileKey()));
            }
        } catch (NoSuchFileException notYet) {
            // a folder without its file: somebody is about to write it
        }
    }

    private static List<Path> foldersOf(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder,
                entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
            entries.forEach(folders::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        folders.sort(null);
        return folders;
    }
}
