package io.zeroui.bench.vectors;

/** One of those that are measured: it takes points and finds the nearest. All methods block. */
interface Engine extends AutoCloseable {

    /** As tables have it. */
    String name();

    /** Writers that it is fastest with on two cores. */
    int writers();

    /** Points that it is best given at once. */
    int batch();

    /** A new writer, to be used by one thread. */
    Writer writer() throws Exception;

    /** Returns when so many points are there and searched by the index. */
    void settle(int size) throws Exception;

    /** A new caller, to be used by one thread. */
    Caller caller(Asked asked) throws Exception;

    @Override
    void close() throws Exception;

    /**
     * What is asked.
     *
     * @param questions vectors
     * @param tenant whose points are looked at; negative for everybody's
     * @param effort how many candidates the index keeps
     */
    record Asked(float[][] questions, int tenant, int effort) {
    }

    /** Writes points. */
    interface Writer extends AutoCloseable {

        /** Writes points and returns when they are acknowledged. */
        void write(int from, int to) throws Exception;

        @Override
        void close() throws Exception;
    }

    /** Asks. */
    interface Caller extends AutoCloseable {

        /** The ids of the ten nearest to a question, or fewer. */
        int[] ask(int question) throws Exception;

        @Override
        void close() throws Exception;
    }
}
