package io.zeroui.shared.supplychain.sbom.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large bills of materials may be. */
@ConfigMapping(prefix = "zeroui.sbom")
public interface SbomConfig {

    /** Longest CycloneDX document, in bytes; it is read element by element. */
    @WithDefault("67108864")
    long bytesMost();

    /** Longest document of another format, in bytes: its library holds all of it in memory, and some ten times as much. */
    @WithDefault("16777216")
    long wholeBytesMost();

    /** Most components of a document. */
    @WithDefault("100000")
    int componentsMost();

    /** Most dependencies of a document. */
    @WithDefault("1000000")
    int edgesMost();

    /** How deep members or elements may be nested. */
    @WithDefault("100")
    int depthMost();

    /** Longest text in a document, in characters. */
    @WithDefault("4194304")
    int textMost();

    /** Longest component without those inside it, in bytes. */
    @WithDefault("4194304")
    int componentBytesMost();

    /** How many documents are read at once; further ones wait. */
    @WithDefault("1")
    int readAtOnce();

    /** How long a caller waits for a document to be taken in before he is answered with the job. */
    @WithDefault("PT10S")
    Duration answerWithin();

    /** How many jobs are remembered after their end. */
    @WithDefault("1000")
    int jobsKept();
}
