package org.espalier.srpo.train;

import java.util.OptionalInt;
import org.espalier.model.decoder.TapeSize;
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SmallProduct;

/**
 * What computes a training. Several processes of so many threads give the same bytes as one process of so many: each computes
 * whole questions of a batch, and the first adds up their gradients in the order of the questions.
 *
 * @param group processes that train together; the first writes, and asks the objective for nothing that the others do not know
 * @param threads of one product, and questions computed side by side; empty: whatever the machine has, for one process alone
 * @param here processes of the group on this machine, which share its memory
 */
public record Parallelism(ProcessGroup group, OptionalInt threads, int here) {
    /** One process with all that the machine has. */
    public static final Parallelism USUAL = new Parallelism(ProcessGroup.alone(), OptionalInt.empty(), 1);

    /** Bytes that questions side by side keep for their way back, all together: more is rather held one after the other. */
    private static final long MOST_KEPT = 4L << 30;

    public Parallelism {
        if (group.size() > 1 && threads.isEmpty()) {
            throw new IllegalArgumentException("several processes need a number of threads that all of them have");
        }
    }

    /**
     * Whether the questions of a batch are computed side by side, a thread each. They are where their products are too small to
     * keep several processors busy, and where there is a question for every processor: a product that is divided has its threads
     * wait for each other, and what is between the products stays on one ({@code perf tree --questions}). It changes the last
     * digits, so that sizes and the number of threads decide, not the memory that happens to be free.
     *
     * @param largest question of the batch
     * @param questions in the batch
     */
    public boolean sideBySide(TapeSize largest, int questions) {
        Placement placement = largest.placement();
        return placement.takesThreads()
                && (placement.isSmall(
                                SmallProduct.SIDE_BY_SIDE,
                                largest.shape().largestProduct(Math.toIntExact(largest.tokens())))
                        || (workers() <= questions && workers() * largest.whole() <= MOST_KEPT));
    }

    /** How many of those are computed at once: all workers, or as many as there is memory for now, which changes no number. */
    int atOnce(TapeSize largest) {
        long room = largest.placement().room(here) / 2;
        return (int) Math.clamp(room / largest.least(), 1, workers());
    }

    /** How many questions are computed side by side at most. */
    public int workers() {
        return threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }
}
