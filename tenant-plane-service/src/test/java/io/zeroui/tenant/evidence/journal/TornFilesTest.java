package io.zeroui.tenant.evidence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornFilesTest {

    @TempDir
    Path folder;

    @Test
    void aFileThatEndsWithALineFeedIsWhole() throws Exception {
        assertThat(TornFiles.find(file("one\ntwo\n"))).isEmpty();
        assertThat(TornFiles.find(file(""))).isEmpty();
    }

    @Test
    void bytesBehindTheLastLineFeedAreTorn() throws Exception {
        Path file = file("one\ntw");

        TornFiles.Tail tail = TornFiles.find(file).orElseThrow();

        assertThat(tail.offset()).isEqualTo(4);
        assertThat(tail.bytes()).asString().isEqualTo("tw");
        TornFiles.cut(file, tail.offset());
        assertThat(file).hasContent("one\n");
        assertThat(TornFiles.find(file)).isEmpty();
    }

    @Test
    void aTornFirstLineAndATailLongerThanABlockAreFound() throws Exception {
        assertThat(TornFiles.find(file("on")).orElseThrow().offset()).isZero();

        TornFiles.Tail tail = TornFiles.find(file("one\n" + "x".repeat(200_000))).orElseThrow();
        assertThat(tail.offset()).isEqualTo(4);
        assertThat(tail.length()).isEqualTo(200_000);
        assertThat(tail.bytes().length).isLessThan(70_000);
    }

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("file.jsonl"), content);
    }
}
