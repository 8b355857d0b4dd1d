package org.espalier.picture.internal.webp;

import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.espalier.picture.internal.Deadline;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * Decodes frames in processes of their own, so that a picture that makes libwebp crash or hang takes nothing with it but one
 * of these. They are started when they are needed, as many as pictures are decoded at once and at most one a processor, and
 * each ends with this process.
 *
 * <p>This keeps accidents away. It is no sandbox: a picture that takes over such a process can do what its user may.
 */
final class DecodingProcesses implements FrameDecoder, AutoCloseable {
    private final Supplier<List<String>> command;
    private final Duration limit;
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final Deque<DecodingProcess> idle = new ConcurrentLinkedDeque<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webp-clock").factory());
    private volatile boolean closed;

    /**
     * @param command what starts a process
     * @param limit so long a picture may take
     */
    DecodingProcesses(Supplier<List<String>> command, Duration limit) {
        this.command = command;
        this.limit = limit;
        clock.setRemoveOnCancelPolicy(true);
    }

    static DecodingProcesses ofThisJava() {
        return new DecodingProcesses(DecodingCommand::ofThisJava, Deadline.LIMIT);
    }

    @Override
    public byte[] rgb(DecodingJob job) throws UnreadablePicture {
        places.acquireUninterruptibly();
        try {
            DecodingProcess process = ready();
            try {
                return process.rgb(job);
            } finally {
                putBack(process);
            }
        } catch (IOException e) {
            throw UnreadablePicture.fatal();
        } finally {
            places.release();
        }
    }

    private DecodingProcess ready() {
        Optional<DecodingProcess> next = Optional.ofNullable(idle.pollFirst());
        while (next.isPresent()) {
            if (next.get().ready()) {
                return next.get();
            }
            next.get().kill();
            next = Optional.ofNullable(idle.pollFirst());
        }
        if (closed) {
            throw new IllegalStateException("closed");
        }
        return DecodingProcess.start(command.get(), clock, limit);
    }

    private void putBack(DecodingProcess process) {
        idle.addFirst(process);
        if (closed) {
            close();
        }
    }

    /** The processes that wait for a picture. */
    List<ProcessHandle> waiting() {
        return idle.stream().map(DecodingProcess::handle).toList();
    }

    /** Ends the processes, those that decode a picture after it. */
    @Override
    public void close() {
        closed = true;
        clock.shutdown();
        for (DecodingProcess process : idle) {
            process.kill();
        }
    }
}
