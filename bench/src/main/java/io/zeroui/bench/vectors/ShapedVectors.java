package io.zeroui.bench.vectors;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Vectors of length one that are shaped as embeddings are: they lie around topics, differ within a topic mostly in a few directions, and
 * belong to tenants, of whom few have many and many have few, and each mostly its own topics. Always the same for the same seed, and made
 * when they are asked for, so that none need be kept.
 */
final class ShapedVectors {

    /** The tenant that has one point in a hundred. */
    static final int ONE_PERCENT = 16;

    private static final int TENANTS = 200;
    private static final int TOPICS = 256;
    private static final int OWN_TOPICS = 6;
    private static final int DIRECTIONS = 40;
    private static final double WITHIN_TOPIC = 0.8;
    private static final double NOISE = 0.25;
    private static final int NORMALS = 1 << 16;
    private static final long QUESTIONS = 1L << 40;
    private static final long SPREAD = 0xD6E8FEB86659FD93L;

    private final int dimension;
    private final long seed;
    private final float[] normals = new float[NORMALS];
    private final float[][] topics = new float[TOPICS][];
    private final float[][] directions = new float[DIRECTIONS][];
    private final double[] shares = new double[TENANTS];

    ShapedVectors(int dimension, long seed) {
        this.dimension = dimension;
        this.seed = seed;
        Random random = new Random(seed);
        for (int i = 0; i < NORMALS; i++) {
            normals[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < TOPICS; i++) {
            topics[i] = scaled(random, 1);
        }
        double weights = 0;
        for (int i = 0; i < DIRECTIONS; i++) {
            weights += 1.0 / (i + 1);
        }
        for (int i = 0; i < DIRECTIONS; i++) {
            directions[i] = scaled(random, WITHIN_TOPIC * Math.sqrt(1.0 / (i + 1) / weights));
        }
        double sum = 0;
        for (int i = 0; i < TENANTS; i++) {
            sum += 1.0 / (i + 1);
            shares[i] = sum;
        }
    }

    int dimension() {
        return dimension;
    }

    /** Whose a point is, from 0: the first has the most. */
    int tenant(long point) {
        return tenant(randomOf(point));
    }

    /** As it is written in payloads. */
    static String tenantName(int tenant) {
        return "tenant-" + tenant;
    }

    /** The vector of a point. */
    float[] vector(long point) {
        SplittableRandom random = randomOf(point);
        return vector(random, tenant(random));
    }

    /** Vectors like those of the points and none of them; of a tenant, or of any where it is negative. */
    float[][] questions(int count, int tenant) {
        float[][] questions = new float[count][];
        for (int i = 0; i < count; i++) {
            SplittableRandom random = randomOf(QUESTIONS + i);
            int any = tenant(random);
            questions[i] = vector(random, tenant < 0 ? any : tenant);
        }
        return questions;
    }

    private int tenant(SplittableRandom random) {
        int found = Arrays.binarySearch(shares, random.nextDouble() * shares[TENANTS - 1]);
        return Math.min(TENANTS - 1, found < 0 ? -found - 1 : found);
    }

    private float[] vector(SplittableRandom random, int tenant) {
        int topic = random.nextInt(4) == 0 ? random.nextInt(TOPICS)
                : Math.floorMod((tenant * OWN_TOPICS + random.nextInt(OWN_TOPICS)) * 97, TOPICS);
        float[] vector = topics[topic].clone();
        for (float[] direction : directions) {
            float far = normals[random.nextInt(NORMALS)];
            for (int i = 0; i < dimension; i++) {
                vector[i] += far * direction[i];
            }
        }
        float noise = (float) (NOISE / Math.sqrt(dimension));
        for (int i = 0; i < dimension; i += 4) {
            long bits = random.nextLong();
            for (int j = i; j < Math.min(dimension, i + 4); j++) {
                vector[j] += noise * normals[(int) bits & NORMALS - 1];
                bits >>>= 16;
            }
        }
        return scale(vector, 1);
    }

    private float[] scaled(Random random, double length) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return scale(vector, length);
    }

    private static float[] scale(float[] vector, double length) {
        double squares = 0;
        for (float component : vector) {
            squares += component * component;
        }
        float factor = (float) (length / Math.sqrt(squares));
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
        return vector;
    }

    private SplittableRandom randomOf(long point) {
        long bits = (seed * 31 + point) * SPREAD;
        return new SplittableRandom(bits ^ bits >>> 32);
    }
}
