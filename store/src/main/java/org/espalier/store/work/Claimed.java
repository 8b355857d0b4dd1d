package org.espalier.store.work;

/** An item that this process holds; of one stage what was added first goes first. */
record Claimed(long seq, int rank, Item item) implements Comparable<Claimed> {
    @Override
    public int compareTo(Claimed other) {
        return Long.compare(seq, other.seq);
    }
}
