package io.zeroui.shared.supplychain.sbom;

import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import java.time.Duration;

/** The limits as they are where nobody sets others. */
public final class SbomLimits implements SbomConfig {

    @Override
    public long bytesMost() {
        return 64 << 20;
    }

    @Override
    public long wholeBytesMost() {
        return 16 << 20;
    }

    @Override
    public int componentsMost() {
        return 100_000;
    }

    @Override
    public int edgesMost() {
        return 1_000_000;
    }

    @Override
    public int depthMost() {
        return 100;
    }

    @Override
    public int textMost() {
        return 4 << 20;
    }

    @Override
    public int componentBytesMost() {
        return 4 << 20;
    }

    @Override
    public int readAtOnce() {
        return 1;
    }

    @Override
    public Duration answerWithin() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int jobsKept() {
        return 1_000;
    }
}
