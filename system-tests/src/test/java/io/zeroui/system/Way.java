package io.zeroui.system;

/** How a receipt comes to the ledger, and how many of a hundred go that way. */
enum Way {
    EDGE_SINGLE(3, 1),
    EDGE_BULK(26, 64),
    EDGE_FILE(25, 32),
    TENANT_SINGLE(3, 1),
    TENANT_BULK(26, 64),
    TENANT_COURIER(17, 40);

    private final int percent;
    private final int together;

    Way(int percent, int together) {
        this.percent = percent;
        this.together = together;
    }

    /** How many senders there are; a program appends to files alone. */
    int senders() {
        return this == EDGE_FILE ? 1 : together == 1 ? 4 : 2;
    }

    /** How many are sent at once. */
    int together() {
        return together;
    }

    /** How many of a hundred are this way's. */
    int percent() {
        return percent;
    }

    /** What share of hundred comes before its own. */
    int from() {
        int before = 0;
        for (Way way : values()) {
            if (way == this) {
                return before;
            }
            before += way.percent;
        }
        throw new IllegalStateException();
    }

    /** The one after it; of the last the first. */
    Way next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
