package org.espalier.store.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Does the items of one queue in this process until none is left, beside the crews of other processes. Each end is
 * committed exactly once: what another crew took over meanwhile is not written.
 */
public final class Crew {
    private static final long TELL_NANOS = 1_000_000_000;

    private final Work work;
    private final CrewSettings settings;
    private final List<GroupWork> groups;
    private final Shift shift;
    private final Signal signal = new Signal();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Throwable failure;
    private volatile boolean stopping;

    /** A crew for the stages of {@code groups}; items of other stages are left to others. */
    public Crew(Store store, String queue, List<StageGroup> groups, CrewSettings settings) {
        this.work = Work.in(store, queue);
        this.settings = settings;
        this.groups = groups.stream().map(GroupWork::new).toList();
        this.shift = new Shift(store, queue, this.groups, settings);
    }

    /** {@link #run(Consumer)} that tells nobody. */
    public void run() {
        run(counts -> {});
    }

    /**
     * Works until every item of its stages is done or dead, here and elsewhere, or until {@link #stop} or an interrupt
     * of this thread, which stays interrupted.
     *
     * @param watcher is told about once a second how the stages stand; what it throws ends the run
     */
    public void run(Consumer<Map<String, StageCount>> watcher) {
        shift.begin();
        try {
            long told = System.nanoTime();
            while (!stopping && failure == null && !Thread.currentThread().isInterrupted()) {
                shift.sign();
                boolean waits = true;
                for (GroupWork group : groups) {
                    waits &= shift.claim(group);
                    start(group);
                }
                if (waits && groups.stream().allMatch(GroupWork::idle) && !shift.open()) {
                    break;
                }
                if (System.nanoTime() - told > TELL_NANOS) {
                    watcher.accept(work.counts());
                    told = System.nanoTime();
                }
                signal.await(settings.poll());
            }
        } finally {
            windUp();
        }
        if (failure != null) {
            throw failed(failure);
        }
        watcher.accept(work.counts());
    }

    /** Lets the run end: nothing more is begun, what is under way may end within the grace. Returns at once. */
    public void stop() {
        stopping = true;
        signal.raise();
    }

    private void start(GroupWork group) {
        for (Claimed claimed : group.begin()) {
            Thread.ofVirtual()
                    .name(claimed.item().stage() + "/" + claimed.item().id())
                    .start(() -> handle(group, claimed));
        }
    }

    private void handle(GroupWork group, Claimed claimed) {
        threads.add(Thread.currentThread());
        Outcome outcome;
        try {
            outcome = group.stage(claimed).handler().handle(claimed.item());
        } catch (InterruptedException e) {
            outcome = null;
        } catch (InputException | SurroundingsException | Error e) {
            fail(e);
            outcome = null;
        } catch (RuntimeException e) {
            outcome = new Outcome.Dead("A fault of the stage " + claimed.item().stage() + ": " + e);
        } finally {
            threads.remove(Thread.currentThread());
        }
        group.worked();
        signal.raise();
        try {
            shift.end(group, claimed, outcome);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            group.ended();
            signal.raise();
        }
    }

    private void fail(Throwable cause) {
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
        }
        signal.raise();
    }

    /** Waits for what is under way, interrupts it after the grace, and puts back what is held. */
    private void windUp() {
        boolean interrupted = Thread.interrupted(); // what is left to do takes its time all the same
        groups.forEach(GroupWork::drop);
        long end = System.nanoTime() + settings.grace().toNanos();
        while (groups.stream().anyMatch(GroupWork::busy)) {
            if (System.nanoTime() > end) {
                new ArrayList<>(threads).forEach(Thread::interrupt);
            }
            groups.forEach(GroupWork::drop);
            signal.await(settings.poll());
        }
        shift.over();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException failed(Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(cause);
        };
    }
}
