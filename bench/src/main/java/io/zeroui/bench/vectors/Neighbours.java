package io.zeroui.bench.vectors;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The nearest points to questions, found by comparing all: what every search is held against. */
final class Neighbours {

    /** How many of each question. */
    static final int WANTED = 10;

    private static final int CHUNK = 1_024;
    private static final int AT_ONCE = 4;

    private final float[][] scores;
    private final int[][] ids;

    private Neighbours(int questions) {
        scores = new float[questions][WANTED];
        ids = new int[questions][WANTED];
        for (int i = 0; i < questions; i++) {
            Arrays.fill(scores[i], Float.NEGATIVE_INFINITY);
            Arrays.fill(ids[i], -1);
        }
    }

    /** By the cosine, among the points below a size; of a tenant, or of all where it is negative. */
    static Neighbours find(ShapedVectors data, int size, float[][] questions, int tenant) {
        float[] turned = turn(questions, data.dimension());
        Neighbours all = new Neighbours(questions.length);
        IntStream.range(0, (size + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            Neighbours some = new Neighbours(questions.length);
            int[] points = IntStream.range(chunk * CHUNK, Math.min(size, (chunk + 1) * CHUNK))
                    .filter(point -> tenant < 0 || data.tenant(point) == tenant).toArray();
            for (int i = 0; i < points.length; i += AT_ONCE) {
                some.compare(data, Arrays.copyOfRange(points, i, Math.min(points.length, i + AT_ONCE)), turned);
            }
            all.add(some);
        });
        return all;
    }

    /** How much of the nearest a search found, 0 to 1. */
    double recall(int question, int[] found) {
        int[] nearest = ids[question];
        long there = Arrays.stream(nearest).filter(id -> id >= 0).count();
        long met = Arrays.stream(nearest).filter(id -> id >= 0 && Arrays.stream(found).anyMatch(one -> one == id)).count();
        return there == 0 ? 1 : (double) met / there;
    }

    /** Components beside each other, one of each question: so the processor compares with many questions at once. */
    private static float[] turn(float[][] questions, int dimension) {
        float[] turned = new float[questions.length * dimension];
        for (int question = 0; question < questions.length; question++) {
            for (int i = 0; i < dimension; i++) {
                turned[i * questions.length + question] = questions[question][i];
            }
        }
        return turned;
    }

    private void compare(ShapedVectors data, int[] points, float[] turned) {
        int count = ids.length;
        float[][] vectors = new float[AT_ONCE][];
        float[][] sums = new float[AT_ONCE][count];
        for (int i = 0; i < AT_ONCE; i++) {
            vectors[i] = data.vector(points[Math.min(i, points.length - 1)]);
        }
        float[] first = sums[0];
        float[] second = sums[1];
        float[] third = sums[2];
        float[] fourth = sums[3];
        for (int i = 0; i < data.dimension(); i++) {
            addRow(turned, i * count, vectors[0][i], vectors[1][i], first, second);
            addRow(turned, i * count, vectors[2][i], vectors[3][i], third, fourth);
        }
        for (int i = 0; i < points.length; i++) {
            for (int question = 0; question < count; question++) {
                take(question, points[i], sums[i][question]);
            }
        }
    }

    private static void addRow(float[] turned, int from, float one, float other, float[] sums, float[] others) {
        for (int question = 0; question < sums.length; question++) {
            float component = turned[from + question];
            sums[question] += one * component;
            others[question] += other * component;
        }
    }

    private void take(int question, int id, float score) {
        float[] best = scores[question];
        if (id < 0 || score <= best[WANTED - 1]) {
            return;
        }
        int at = WANTED - 1;
        for (; at > 0 && best[at - 1] < score; at--) {
            best[at] = best[at - 1];
            ids[question][at] = ids[question][at - 1];
        }
        best[at] = score;
        ids[question][at] = id;
    }

    private synchronized void add(Neighbours some) {
        for (int question = 0; question < ids.length; question++) {
            for (int i = 0; i < WANTED; i++) {
                take(question, some.ids[question][i], some.scores[question][i]);
            }
        }
    }
}
