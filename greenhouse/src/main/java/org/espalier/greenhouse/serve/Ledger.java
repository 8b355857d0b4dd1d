package org.espalier.greenhouse.serve;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which requests came, and how often each was answered: what was paid for twice can be counted. Written as JSON lines
 * where a file was named.
 */
final class Ledger implements AutoCloseable {
    private record Times(AtomicInteger asked, AtomicInteger answered) {}

    private final Map<String, Times> times = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> endings = new ConcurrentHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable BufferedWriter writer;
    private final long begun = System.nanoTime();
    private final AtomicLong last = new AtomicLong();

    Ledger(Optional<Path> file) {
        this.writer = file.map(Ledger::open).orElse(null);
    }

    private static BufferedWriter open(Path file) {
        return FileTrouble.writing(file, () -> {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        });
    }

    /** Notes a request. @return how often it came before */
    int asked(String key) {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        return times.computeIfAbsent(key, _ -> new Times(new AtomicInteger(), new AtomicInteger()))
                .asked
                .getAndIncrement();
    }

    /** Notes how a request ended: {@code ok}, or the label of a fault. */
    void ended(String key, String role, String how, int before) {
        last.accumulateAndGet(now(), Math::max);
        endings.computeIfAbsent(how, _ -> new AtomicInteger()).incrementAndGet();
        Times one = times.get(key);
        int answered = how.equals("ok") && one != null ? one.answered.incrementAndGet() : 0;
        // Last, so that whoever sees none in flight sees every count.
        inFlight.decrementAndGet();
        locked(out -> {
            ObjectNode line = Json.object().put("ms", now());
            line.put("key", key).put("role", role).put("end", how);
            out.write(Json.line(line.put("asked_before", before).put("answered", answered)));
            out.newLine();
        });
    }

    /** Milliseconds since the server began. */
    private long now() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** Does something with the file, if one was named. */
    private void locked(Work work) {
        lock.lock();
        try {
            if (writer != null) {
                work.with(writer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private interface Work {
        void with(BufferedWriter writer) throws IOException;
    }

    /** Brings the lines to the file. */
    void flush() {
        locked(BufferedWriter::flush);
    }

    /** The counts so far. */
    ObjectNode counts() {
        int calls = times.values().stream().mapToInt(t -> t.asked.get()).sum();
        int twice = times.values().stream()
                .mapToInt(t -> Math.max(0, t.answered.get() - 1))
                .sum();
        ObjectNode counts = Json.object().put("calls", calls).put("requests", times.size());
        counts.put("answered_twice", twice).put("in_flight", inFlight.get()).put("most_in_flight", most.get());
        counts.put("now_ms", now()).put("last_ms", last.get());
        ObjectNode ends = counts.putObject("endings");
        new TreeMap<>(endings).forEach((how, n) -> ends.put(how, n.get()));
        return counts;
    }

    @Override
    public void close() {
        locked(BufferedWriter::close);
    }
}
