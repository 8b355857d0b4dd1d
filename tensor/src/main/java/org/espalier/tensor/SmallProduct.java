package org.espalier.tensor;

/**
 * Below which size a product gains by being left to one thread of a processor. Sizes alone decide, so that the same work is
 * always done the same way. Measured with {@code perf decode} and {@code perf tree} on two cores.
 */
public enum SmallProduct {
    /** About a tenth of a millisecond: waking another thread for one step of decoding takes longer. */
    OF_DECODING(8_000_000),
    /** About a third of a millisecond: likewise for one layer of training. */
    OF_TRAINING(60_000_000),
    /** About two milliseconds: several questions side by side, a thread each, keep a processor busier. */
    SIDE_BY_SIDE(200_000_000);

    private final long operations;

    SmallProduct(long operations) {
        this.operations = operations;
    }

    /** In floating point, of one product. */
    long operations() {
        return operations;
    }
}
