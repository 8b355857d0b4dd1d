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
 * the next group gathers. If one of a group fails, the group is rolled back and each of it runs by itself.
 */
final class GroupCommit implements AutoCloseable {
    private static final int LARGEST = 256;

    private final Database database;
    private final BlockingQueue<PendingWrite<?>> queue = new LinkedBlockingQueue<>();
    /** The last in the queue; each thread that meets it hands it on to the next. */
    private final PendingWrite<?> end = new PendingWrite<>(connection -> false);

    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    GroupCommit(Database database) {
        this.database = database;
        DataSource source = database.source(true);
        for (int i = 0; i < database.writers(); i++) {
            threads.add(Thread.ofPlatform().name("store-writer-" + i).daemon().start(() -> work(source)));
        }
    }

    /** Runs {@code transaction} in a group and returns what it found once that is committed. */
    <T> T run(Transaction<T> transaction) {
        PendingWrite<T> write = new PendingWrite<>(transaction);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The store is closed");
            }
            queue.add(write);
        } finally {
            lock.unlock();
        }
        return write.result();
    }

    private void work(DataSource source) {
        try (Writer writer = new Writer(source)) {
            List<PendingWrite<?>> group = new ArrayList<>();
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

    private void commit(Writer writer, List<PendingWrite<?>> group) {
        boolean split = false;
        try {
            Connection connection = writer.begin();
            split = group.size() > 1;
            for (PendingWrite<?> write : group) {
                write.run(connection);
            }
            split = false;
            writer.commit(connection);
            group.forEach(PendingWrite::committed);
        } catch (SQLException | RuntimeException | Error e) {
            writer.rollBack();
            if (split) {
                group.forEach(write -> commit(writer, List.of(write)));
            } else {
                Throwable cause = e instanceof SQLException sql ? database.failure(sql) : e;
                group.forEach(write -> write.fail(cause));
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
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
