package org.espalier.srpo.train;

import java.util.OptionalInt;
import org.espalier.srpo.group.ProcessGroup;

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

    public Parallelism {
        if (group.size() > 1 && threads.isEmpty()) {
            throw new IllegalArgumentException("several processes need a number of threads that all of them have");
        }
    }

    /** How many questions are computed side by side at most. */
    int workers() {
        return threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }
}
