package org.espalier.cluster;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.core.SurroundingsException;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;

/** Groups as partitions of Spark: each executor has work open and does one group at a time, and a lost one's is done again. */
public final class SparkCluster implements GroupRunner, AutoCloseable {
    /** Groups under way or done ahead, for each executor. */
    private static final int AHEAD = 2;

    private static final long LOOK_MILLIS = 200;
    private final JavaSparkContext context;
    private final Losses losses;

    private SparkCluster(JavaSparkContext context, Losses losses) {
        this.context = context;
        this.losses = losses;
    }

    /**
     * Meets a cluster.
     *
     * @param said hears of executors, in sentences
     * @throws SurroundingsException if it cannot be met
     */
    public static SparkCluster connect(SparkSettings settings, Consumer<String> said) {
        SparkConf conf = new SparkConf(false);
        settings.values().forEach(conf::set);
        try {
            JavaSparkContext context = new JavaSparkContext(conf);
            Losses losses = new Losses(said);
            context.sc().addSparkListener(losses);
            return new SparkCluster(context, losses);
        } catch (RuntimeException e) {
            throw new SurroundingsException(
                    "the cluster " + settings.address().master() + " cannot be met: " + firstLine(e), e);
        }
    }

    @Override
    public void run(GroupTask task, int first, int end, Taker taker) {
        if (first >= end) {
            return;
        }
        Broadcast<SharedWork> work = context.broadcast(new SharedWork(task));
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Queue<Future<GroupOutcome>> ahead = new ArrayDeque<>();
            int next = first;
            for (int group = first; group < end; group++) {
                for (; next < end && ahead.size() < AHEAD * Math.max(1, context.defaultParallelism()); next++) {
                    int wanted = next;
                    ahead.add(asking.submit(() -> outcome(context, work, wanted)));
                }
                taker.take(group, await(ahead.remove(), group, taker).lines());
            }
        } finally {
            context.sc().cancelAllJobs();
            asking.shutdownNow();
            work.destroy();
        }
    }

    /** A job of one task, so that groups come as they are done and begin in their order. */
    private static GroupOutcome outcome(JavaSparkContext context, Broadcast<SharedWork> work, int group) {
        return context.parallelize(List.of(group), 1)
                .map(number -> work.value().outcome(number))
                .collect()
                .getFirst();
    }

    private static GroupOutcome await(Future<GroupOutcome> outcome, int group, Taker taker) {
        while (true) {
            try {
                return outcome.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Also where somebody wants it to stop is heard.
                taker.heard(group, 0);
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                throw failed(cause == null ? e : cause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    private static RuntimeException failed(Throwable cause) {
        if (cause instanceof SparkException) {
            return new SurroundingsException("the cluster gave a group up: " + firstLine(cause), cause);
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        losses.end();
        context.close();
    }
}
