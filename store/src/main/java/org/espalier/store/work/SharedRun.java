package org.espalier.store.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;

/**
 * Several processes work together: db-scheduler hands each task to one of them, and takes it from one that gives no sign
 * of life. Every process adds the unfinished tasks a portion at a time, because db-scheduler gets slow with a table of
 * a hundred thousand rows that are due.
 */
record SharedRun(Run run, int atOnce, ScheduledTasks table, RunnerSettings settings) {
    /** The fewest that db-scheduler allows. */
    private static final int MISSED_HEARTBEATS = 4;
    /** It looks for more when fewer than this share of the places are taken. */
    private static final double REFILL_BELOW = 0.95;

    void work() {
        ExecutorService threads = Run.threads();
        String name = UUID.randomUUID().toString();
        RunClock clock = clock(name);
        Scheduler scheduler = scheduler(threads, name, clock);
        scheduler.start();
        try {
            feed(scheduler, () -> clock.look(table.sight(name)));
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
        } finally {
            run.stop();
            boolean interrupted = Thread.interrupted(); // or the scheduler would not wait for its tasks
            scheduler.stop();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            run.awaitEnd(threads);
        }
    }

    /** Keeps as many tasks due as this process could begin, until none is left, here or elsewhere. */
    private void feed(Scheduler scheduler, Runnable look) throws InterruptedException {
        Iterator<List<String>> portions = run.portions();
        Duration pause = Duration.ZERO;
        while (run.continues(pause)) {
            look.run();
            ScheduledTasks.Count count = table.count();
            boolean more = portions.hasNext();
            if (!more && count.all() == 0) {
                return;
            }
            boolean add = more && count.due() < atOnce;
            if (add) {
                table.add(run.unfinished(portions.next()));
                scheduler.triggerCheckForDueExecutions();
            }
            pause = add ? Duration.ZERO : settings.poll();
        }
    }

    /** Others that seem to be dead are watched for the time of a sign of life before it is believed. */
    private RunClock clock(String name) {
        RunClock.Sight first = table.sight(name);
        Duration dead = settings.heartbeat().multipliedBy(MISSED_HEARTBEATS);
        boolean doubtful = first.others()
                .filter(last -> Duration.between(last, first.database()).abs().compareTo(dead) > 0)
                .isPresent();
        RunClock.Sight second = first;
        if (doubtful) {
            run.pause(settings.heartbeat().multipliedBy(2));
            second = table.sight(name);
        }
        return new RunClock(System::nanoTime, settings.heartbeat(), RunClock.beginning(first, second));
    }

    private Scheduler scheduler(ExecutorService threads, String name, RunClock clock) {
        CustomTask<Void> task = Tasks.custom(table.name(), Void.class)
                .execute((instance, context) -> run.perform(instance.getId()) ? remove() : putBack());
        return Scheduler.create(table.store().dataSource(), task)
                .schedulerName(new SchedulerName.Fixed(name))
                .clock(clock)
                .threads(atOnce)
                .executorService(threads)
                .pollUsingLockAndFetch(REFILL_BELOW, 1)
                .pollingInterval(settings.poll())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.grace())
                .build();
    }

    private static CompletionHandler<Void> remove() {
        return (complete, operations) -> operations.remove();
    }

    /** Due again at once, for whichever process is still there. */
    private static CompletionHandler<Void> putBack() {
        return (complete, operations) -> operations.reschedule(complete, Instant.EPOCH);
    }
}
