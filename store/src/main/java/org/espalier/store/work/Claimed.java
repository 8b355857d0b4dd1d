package org.espalier.store.work;

/** An item that this process holds. Later stages go first, then what was added first. */
record Claimed(long seq, int rank, Item item) implements Comparable<Claimed> {
    @Override
    public int compareTo(Claimed other) {
        return rank != other.rank ? Integer.compare(other.rank, rank) : Long.compare(seq, other.seq);
    }
}
