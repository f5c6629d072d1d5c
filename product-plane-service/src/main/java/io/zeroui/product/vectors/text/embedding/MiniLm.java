package io.zeroui.product.vectors.text.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The sentence model all-MiniLM-L6-v2 (Apache License 2.0): 384 components, unit length. It sees 256 word pieces at a time; of a longer text every
 * part counts by its length. Thread-safe; one computation takes one core.
 */
final class MiniLm implements AutoCloseable {

    static final int DIMENSION = 384;
    private static final int WINDOW = 256;
    private static final int PIECES = WINDOW - 2;
    /** Of so many windows one computation is made: more would take more memory and no less time. */
    private static final int TOGETHER = 8;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final WordPieces pieces;

    private MiniLm(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
        this.environment = environment;
        this.session = session;
        this.pieces = pieces;
    }

    /**
     * Loads the model, about 90 MB outside of the heap. Blocking.
     *
     * @throws IOException when the model or the native library is not there or cannot be used
     */
    static MiniLm load() throws IOException {
        try (InputStream tokenizer = resource("/all-minilm-l6-v2-tokenizer.json"); OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new MiniLm(environment, environment.createSession(bytes("/all-minilm-l6-v2.onnx"), options), WordPieces.read(tokenizer));
        } catch (OrtException | LinkageError e) {
            throw new IOException("the built-in model cannot be used here: " + e.getMessage(), e);
        }
    }

    /** Outside of the heap, which has no room for it, and not by a file, for which small temporary folders have none. */
    private static ByteBuffer bytes(String name) throws IOException {
        long size;
        try (InputStream first = resource(name)) {
            size = first.transferTo(OutputStream.nullOutputStream());
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.nativeOrder());
        try (ReadableByteChannel second = Channels.newChannel(resource(name))) {
            while (bytes.hasRemaining() && second.read(bytes) >= 0) {
                continue;
            }
        }
        return bytes.flip();
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = MiniLm.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException("the built-in model lacks " + name);
        }
        return resource;
    }

    /** One part of a text, as the model sees it. */
    private record Window(int text, int[] pieces) {
    }

    /** The vectors of texts. Blocking, for about 10 ms for each hundred words. */
    List<float[]> embed(List<String> texts) throws IOException {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            split(i, pieces.of(texts.get(i)), windows);
        }
        windows.sort(Comparator.comparingInt(window -> window.pieces().length)); // little is computed for nothing
        double[][] sums = new double[texts.size()][DIMENSION];
        try {
            for (int from = 0; from < windows.size(); from += TOGETHER) {
                compute(windows.subList(from, Math.min(windows.size(), from + TOGETHER)), sums);
            }
        } catch (OrtException e) {
            throw new IOException("the built-in model failed: " + e.getMessage(), e);
        }
        return Arrays.stream(sums).map(MiniLm::ofUnitLength).toList();
    }

    private static void split(int text, int[] all, List<Window> windows) {
        int from = 0;
        do {
            int to = Math.min(all.length, from + PIECES);
            int[] window = new int[to - from + 2];
            window[0] = WordPieces.BEGIN;
            System.arraycopy(all, from, window, 1, to - from);
            window[window.length - 1] = WordPieces.END;
            windows.add(new Window(text, window));
            from = to;
        } while (from < all.length);
    }

    private void compute(List<Window> windows, double[][] sums) throws OrtException {
        int length = windows.get(windows.size() - 1).pieces().length;
        LongBuffer ids = LongBuffer.allocate(windows.size() * length);
        LongBuffer mask = LongBuffer.allocate(windows.size() * length);
        for (int row = 0; row < windows.size(); row++) {
            int[] own = windows.get(row).pieces();
            for (int i = 0; i < own.length; i++) {
                ids.put(row * length + i, own[i]);
                mask.put(row * length + i, 1);
            }
        }
        long[] shape = { windows.size(), length };
        try (OnnxTensor input = OnnxTensor.createTensor(environment, ids, shape);
                OnnxTensor attention = OnnxTensor.createTensor(environment, mask, shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.allocate(windows.size() * length), shape);
                OrtSession.Result result = session.run(Map.of("input_ids", input, "attention_mask", attention, "token_type_ids", types))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            for (int row = 0; row < windows.size(); row++) {
                Window window = windows.get(row);
                addMean(states, row * length, window.pieces().length, sums[window.text()]);
            }
        }
    }

    /** The mean of a window's states, made as long as 1 and then counted by the window's length. */
    private static void addMean(FloatBuffer states, int from, int pieces, double[] sum) {
        double[] mean = new double[DIMENSION];
        for (int i = 0; i < pieces; i++) {
            for (int k = 0; k < DIMENSION; k++) {
                mean[k] += states.get((from + i) * DIMENSION + k);
            }
        }
        double length = length(mean);
        for (int k = 0; k < DIMENSION; k++) {
            sum[k] += mean[k] / length * pieces;
        }
    }

    private static float[] ofUnitLength(double[] sum) {
        double length = length(sum);
        float[] vector = new float[sum.length];
        for (int k = 0; k < sum.length; k++) {
            vector[k] = (float) (sum[k] / length);
        }
        return vector;
    }

    private static double length(double[] vector) {
        double squares = 0;
        for (double component : vector) {
            squares += component * component;
        }
        return Math.max(Math.sqrt(squares), Double.MIN_NORMAL);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the built-in model cannot be unloaded", e);
        }
    }
}
