package org.espalier.picture.internal.webp;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.espalier.core.SurroundingsException;
import org.espalier.picture.internal.UnreadablePicture;

/** A process that decodes one picture after another until one takes it with it. For one thread at a time. */
final class DecodingProcess {
    /** It takes a third of a second, before any picture is seen: what makes it slow is other programs alone. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final int LONGEST_START = 4096;

    /** What a process needs of the surroundings; keys, and what tunes the memory of this one, are not for it. */
    private static final Set<String> HANDED_ON = Set.of("LD_LIBRARY_PATH", "SystemRoot");

    /** glibc keeps what libwebp frees for the next picture, where it would fetch and clear every page anew. */
    private static final Map<String, String> KEEPS_MEMORY =
            Map.of("MALLOC_MMAP_THRESHOLD_", "1073741824", "MALLOC_TRIM_THRESHOLD_", "536870912");

    private final Process process;
    private final SharedPixels shared;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ScheduledExecutorService clock;
    private final Duration limit;
    private volatile boolean late;
    private volatile boolean killed;

    private DecodingProcess(Process process, SharedPixels shared, ScheduledExecutorService clock, Duration limit) {
        this.process = process;
        this.shared = shared;
        this.in = new DataInputStream(process.getInputStream());
        this.out = new DataOutputStream(process.getOutputStream());
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * @param command the file of shared memory is put after it
     * @param limit so long a picture may take
     */
    static DecodingProcess start(List<String> command, ScheduledExecutorService clock, Duration limit) {
        try {
            SharedPixels shared = SharedPixels.create();
            try {
                return start(command, shared, clock, limit);
            } finally {
                shared.unname();
            }
        } catch (UnreadablePicture e) {
            throw notStarted("it is not ready after " + START.toSeconds() + " s", e);
        } catch (IOException e) {
            throw notStarted(String.valueOf(e.getMessage()), e);
        }
    }

    private static DecodingProcess start(
            List<String> command, SharedPixels shared, ScheduledExecutorService clock, Duration limit)
            throws IOException, UnreadablePicture {
        List<String> words = new ArrayList<>(command);
        words.add(shared.file().toString());
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().retainAll(HANDED_ON);
        builder.environment().putAll(KEEPS_MEMORY);
        DecodingProcess started = new DecodingProcess(builder.start(), shared, clock, limit);
        started.timed(START, () -> {
            started.awaitGreeting();
            return new byte[0];
        });
        return started;
    }

    private static SurroundingsException notStarted(String reason, Exception e) {
        return new SurroundingsException(
                "The process in which WebP pictures are decoded does not start (" + reason
                        + "); let this program start processes and load libraries from the temporary folder, or convert"
                        + " WebP pictures to PNG.",
                e);
    }

    private void awaitGreeting() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && said.size() < LONGEST_START; next = in.read()) {
            said.write(next);
            if (next != '\n') {
                line.write(next);
            } else if (line.toString(StandardCharsets.UTF_8).strip().equals(DecodingProgram.GREETING)) {
                return;
            } else {
                line.reset();
            }
        }
        String words = said.toString(StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        throw new IOException(words.isEmpty() ? "it ends without a word" : words);
    }

    private interface Exchange {
        byte[] run() throws IOException, UnreadablePicture;
    }

    /** What is not whole when the clock strikes ends with the process, and so does what fails half-way. */
    private byte[] timed(Duration limit, Exchange exchange) throws IOException, UnreadablePicture {
        Future<?> alarm = clock.schedule(
                () -> {
                    late = true;
                    kill();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        boolean whole = false;
        try {
            byte[] answer = exchange.run();
            whole = true;
            return answer;
        } catch (UnreadablePicture e) {
            whole = true;
            throw e;
        } catch (IOException e) {
            if (late) {
                throw UnreadablePicture.late(limit);
            }
            throw e;
        } finally {
            alarm.cancel(false);
            if (!whole) {
                kill();
            }
        }
    }

    /**
     * Has a frame decoded.
     *
     * @throws UnreadablePicture what is wrong with the picture, or that it is late
     * @throws IOException if the process has died, or answered what makes no sense; it is dead then
     */
    byte[] rgb(DecodingJob job) throws IOException, UnreadablePicture {
        return timed(limit, () -> {
            job.write(out);
            return DecodingAnswer.read(job, in, out, shared);
        });
    }

    /** Whether it is there and says nothing without being asked. */
    boolean ready() {
        try {
            return !killed && process.isAlive() && in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    void kill() {
        killed = true;
        process.destroyForcibly();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }
}
