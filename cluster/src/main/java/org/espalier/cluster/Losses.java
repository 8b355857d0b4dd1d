package org.espalier.cluster;

import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Says which executors came and which were lost. */
final class Losses extends SparkListener {
    private final Consumer<String> said;
    private volatile boolean over;

    Losses(Consumer<String> said) {
        this.said = said;
    }

    /** From now on executors leave because they are sent home. */
    void end() {
        over = true;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        said.accept("Executor " + added.executorId() + " works on "
                + added.executorInfo().executorHost() + ".");
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        if (!over) {
            said.accept("Executor " + removed.executorId() + " was lost; what it had not finished is done again.");
        }
    }
}
