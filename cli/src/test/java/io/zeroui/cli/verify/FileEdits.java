package io.zeroui.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What an attacker does to bytes and lines of a file. */
final class FileEdits {

    private FileEdits() {
    }

    static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }

    static void set(Path file, long at, byte value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] = value;
        Files.write(file, bytes);
    }

    static void exchange(Path file, int one, int other) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        Collections.swap(lines, one, other);
        Files.write(file, lines);
    }

    static void removeLine(Path file, int line) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.remove(line);
        Files.write(file, lines);
    }

    static void insert(Path file, int at, int copyOf) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.add(at, lines.get(copyOf));
        Files.write(file, lines);
    }

    static void replaceLine(Path file, int line, String text) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(line, text);
        Files.write(file, lines);
    }

    static void cutLines(Path file, int count) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() - count));
    }

    static void addLine(Path file, byte[] line) throws IOException {
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\n';
        Files.write(file, ended, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static void overwrite(Path file, long at, byte[] with) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        System.arraycopy(with, 0, bytes, (int) at, with.length);
        Files.write(file, bytes);
    }

    /** Where a file has these bytes. */
    static long find(Path file, byte[] wanted) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException(file + " does not have these bytes");
    }
}
