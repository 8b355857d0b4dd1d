package org.espalier.store.work;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One process works alone: every unfinished task is a virtual thread, some at once. Nothing is kept of them meanwhile. */
final class LocalRun {
    /**
     * Tasks are made of calls that follow one another, so that the last ones to start would leave places free until
     * their own end. When no more than this many times the usual number are left, all of them start: they share the
     * places to the end.
     */
    private static final int LAST = 4;

    private final Run run;
    private final int atOnce;
    private final RunnerSettings settings;
    private final Semaphore places;
    private int allPlaces;

    LocalRun(Run run, int atOnce, RunnerSettings settings) {
        this.run = run;
        this.atOnce = atOnce;
        this.settings = settings;
        this.places = new Semaphore(atOnce);
        this.allPlaces = atOnce;
    }

    void work() {
        ExecutorService threads = Run.threads();
        try {
            if (start(threads)) {
                take(allPlaces);
            }
        } finally {
            run.stop();
            run.awaitEnd(threads);
        }
    }

    /** Starts every unfinished task when there is a place for it; whether all were started. */
    private boolean start(ExecutorService threads) {
        int left = run.size();
        Iterator<List<String>> portions = run.portions();
        while (portions.hasNext()) {
            List<String> portion = portions.next();
            List<String> unfinished = run.unfinished(portion);
            left -= portion.size() - unfinished.size();
            for (String id : unfinished) {
                if (left <= (long) LAST * atOnce && allPlaces == atOnce) {
                    places.release(left);
                    allPlaces += left;
                }
                if (!take(1)) {
                    return false;
                }
                left--;
                threads.execute(() -> {
                    run.perform(id);
                    places.release();
                });
            }
        }
        return true;
    }

    /** Waits for places; whether it got them before the run was to stop. */
    private boolean take(int wanted) {
        try {
            while (run.continues(Duration.ZERO)) {
                if (places.tryAcquire(wanted, settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
