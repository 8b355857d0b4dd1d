package org.espalier.store.work;

import org.espalier.store.Store;

/**
 * Runs the tasks of one name in a store: alone where it is SQLite, beside other processes where it is PostgreSQL.
 *
 * @param name tells the tasks of a shared store from those of other kinds
 */
public record TaskRunner(Store store, String name, RunnerSettings settings) {
    /**
     * Works until every task is finished, here or in another process, or until this thread is interrupted, which it
     * stays then. What a task throws ends the run and is thrown again; tasks under way end first, within the grace.
     *
     * @param atOnce tasks in work in this process
     * @param watcher is called about once a second and at the end; what it throws stops the run
     */
    public void run(Tasks tasks, int atOnce, Runnable watcher) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("At least one task is in work at once, not " + atOnce);
        }
        Run run = new Run(tasks, settings, watcher);
        if (store.postgres()) {
            new SharedRun(run, atOnce, new ScheduledTasks(store, name), settings).work();
        } else {
            new LocalRun(run, atOnce, settings).work();
        }
        run.finish();
    }
}
