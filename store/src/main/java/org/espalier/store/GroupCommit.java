package org.espalier.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Writers that come at the same time share one transaction, and so one wait for the disk: while a commit is under way
 * the next group gathers. If one of a group fails the group is rolled back and each runs
 * by itself.
 */
final class GroupCommit implements AutoCloseable {
    private static final int LARGEST = 256;

    private final Database database;
    private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
    /** The last in the queue; each lane that meets it hands it on to the next. */
    private final Waiting<?> end = new Waiting<>(connection -> false);

    private final List<Thread> lanes = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    GroupCommit(Database database) {
        this.database = database;
        DataSource source = database.source(true);
        for (int lane = 0; lane < database.lanes(); lane++) {
            lanes.add(Thread.ofPlatform().name("store-writer-" + lane).daemon().start(() -> work(source)));
        }
    }

    /** Runs {@code transaction} in a group and returns what it found once that is committed. */
    <T> T run(Transaction<T> transaction) {
        Waiting<T> waiting = new Waiting<>(transaction);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The store is closed");
            }
            queue.add(waiting);
        } finally {
            lock.unlock();
        }
        return waiting.result();
    }

    private void work(DataSource source) {
        try (Writer writer = new Writer(source)) {
            List<Waiting<?>> group = new ArrayList<>();
            while (true) {
                group.add(queue.take());
                queue.drainTo(group, LARGEST - 1);
                boolean last = group.remove(end);
                if (!group.isEmpty()) {
                    commit(writer, group);
                    group.clear();
                }
                if (last) {
                    queue.add(end);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(Writer writer, List<Waiting<?>> group) {
        boolean split = false;
        try {
            Connection connection = writer.begin();
            split = group.size() > 1;
            for (Waiting<?> waiting : group) {
                waiting.run(connection);
            }
            split = false;
            writer.commit(connection);
            group.forEach(Waiting::committed);
        } catch (SQLException | RuntimeException | Error e) {
            writer.rollBack();
            if (split) {
                group.forEach(waiting -> commit(writer, List.of(waiting)));
            } else {
                Throwable cause = e instanceof SQLException sql ? database.trouble(sql) : e;
                group.forEach(waiting -> waiting.fail(cause));
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.add(end);
        } finally {
            lock.unlock();
        }
        try {
            for (Thread lane : lanes) {
                lane.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
