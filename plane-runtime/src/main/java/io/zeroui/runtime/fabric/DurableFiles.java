package io.zeroui.runtime.fabric;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** File operations whose effect is on the disk when they return. */
public final class DurableFiles {

    private DurableFiles() {
    }

    /**
     * Waits until the present content of a file is on the disk, whoever wrote it. Lines that another process appended
     * are made durable with it before anything is derived from them.
     *
     * @throws NoSuchFileException when there is no such file
     */
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(false);
        }
    }

    /** Waits until the entries of a folder (names of new, renamed, removed files) are on the disk. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    /** Creates a folder and what is missing above it; their names are on the disk when this returns. */
    public static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("cannot create " + folder);
        }
        createFolders(parent);
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        syncFolder(parent);
    }

    /**
     * Writes a file that must not exist yet: readers see nothing or all of it, and of two writers one wins.
     *
     * @return false when the file exists already; it is left as it is
     */
    public static boolean writeNew(Path file, byte[] content) throws IOException {
        Path temporary = writeBeside(file, content);
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folderOf(file));
        return true;
    }

    /** Writes or replaces a file; readers see the old content or the new one. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path temporary = writeBeside(file, content);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folderOf(file));
    }

    private static Path writeBeside(Path file, byte[] content) throws IOException {
        Path folder = folderOf(file);
        createFolders(folder);
        Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, WRITE, CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                int written = channel.write(buffer);
                assert written >= 0;
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        return temporary;
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        return folder;
    }
}
