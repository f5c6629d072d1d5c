package io.zeroui.product.vectors.model;

/** How the nearest points of a large collection are found without comparing all. A small one is compared wholly, whatever this says. */
public sealed interface IndexSpec {

    /** What collections have that name no index: m = 16, ef_construction = 64. */
    Hnsw DEFAULT = new Hnsw(16, 64);

    /** As it is written in requests and tables: {@code hnsw}, {@code ivfflat} or {@code none}. */
    String key();

    /**
     * A graph of neighbours.
     *
     * @param m neighbours of a point, 2 to 100
     * @param efConstruction candidates while it is built, twice m to 1,000
     */
    record Hnsw(int m, int efConstruction) implements IndexSpec {
        public Hnsw {
            if (m < 2 || m > 100) {
                throw VectorProblem.invalid("index.m", "must be 2 to 100");
            }
            if (efConstruction < 2 * m || efConstruction > 1_000) {
                throw VectorProblem.invalid("index.ef_construction", "must be at least twice m and at most 1000");
            }
        }

        @Override
        public String key() {
            return "hnsw";
        }
    }

    /**
     * Lists of points around centres.
     *
     * @param lists how many, 1 to 32,768
     */
    record IvfFlat(int lists) implements IndexSpec {
        public IvfFlat {
            if (lists < 1 || lists > 32_768) {
                throw VectorProblem.invalid("index.lists", "must be 1 to 32768");
            }
        }

        @Override
        public String key() {
            return "ivfflat";
        }
    }

    /** Every search compares all points. */
    record None() implements IndexSpec {
        @Override
        public String key() {
            return "none";
        }
    }
}
