package io.zeroui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.fabric.ZuRoot;

/** A storage fabric in a new temporary folder, removed on close. */
public final class TempZuRoot implements AutoCloseable {

    private final Path path;

    private TempZuRoot(Path path) {
        this.path = path;
    }

    /** Makes an empty one. */
    public static TempZuRoot create() {
        try {
            return new TempZuRoot(Files.createTempDirectory("zeroui-zu-root-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its folder. */
    public Path path() {
        return path;
    }

    /** The path rules of the fabric, below that folder. */
    public ZuRoot zuRoot() {
        return new ZuRoot(path);
    }

    @Override
    public void close() {
        try {
            deleteTree(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE; // gone already
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
