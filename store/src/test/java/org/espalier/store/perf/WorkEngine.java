package org.espalier.store.perf;

import java.util.function.LongConsumer;
import org.espalier.store.Store;

/** Hands out durable work. */
public interface WorkEngine {
    /** Its name in the table. */
    String name();

    /** Makes the first stage of every item wait in {@code store}. */
    void add(Store store, WorkPlan plan);

    /**
     * Brings every item through every stage.
     *
     * @param call does one step's call
     * @param done is told now and then how many steps are done
     */
    void work(Store store, WorkPlan plan, Call call, LongConsumer done);

    /** The call of one step. */
    @FunctionalInterface
    interface Call {
        void run(String stage, String id) throws InterruptedException;
    }
}
