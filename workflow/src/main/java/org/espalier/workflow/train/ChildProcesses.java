package org.espalier.workflow.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.espalier.core.SurroundingsException;
import org.espalier.srpo.group.Membership;

/**
 * The processes of a group that another one started. What they print as an error is handed on. They end by themselves when
 * the first one leaves or is lost; closing waits for that.
 */
final class ChildProcesses implements AutoCloseable {
    /** What a process still has to do when its group is gone: a question at most. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Process> processes = new ArrayList<>();

    private ChildProcesses() {}

    /** A secret that nobody guesses. */
    static String secret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Starts all but the first.
     *
     * @param port at which the first one listens already
     * @throws SurroundingsException if one cannot be started
     */
    static ChildProcesses start(Processes.Children plan, int port, String secret) {
        ChildProcesses children = new ChildProcesses();
        try {
            for (int rank = 1; rank < plan.count(); rank++) {
                Membership member = new Membership(
                        rank, plan.count(), rank, plan.count(), "127.0.0.1", port, Optional.of(secret), true);
                ProcessBuilder builder =
                        new ProcessBuilder(plan.command()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
                builder.environment().putAll(member.environment());
                Process process = builder.start();
                children.processes.add(process);
                process.getOutputStream().close();
                hear(process, "process " + rank + ": ", plan.said());
            }
        } catch (IOException e) {
            children.kill();
            throw new SurroundingsException("another process cannot be started: " + e.getMessage(), e);
        }
        return children;
    }

    private static void hear(Process process, String prefix, Consumer<String> said) {
        Thread.ofVirtual().name(prefix).start(() -> {
            try (BufferedReader lines = process.errorReader()) {
                lines.lines().forEach(line -> said.accept(prefix + line));
            } catch (IOException | java.io.UncheckedIOException e) {
                // It has ended.
            }
        });
    }

    /** @throws SurroundingsException if one has ended */
    void check() {
        for (int i = 0; i < processes.size(); i++) {
            Process process = processes.get(i);
            if (!process.isAlive()) {
                throw new SurroundingsException("process " + (i + 1) + " of " + (processes.size() + 1)
                        + " ended with exit code " + process.exitValue() + " before the training began");
            }
        }
    }

    /** Ends them at once. */
    void kill() {
        processes.forEach(Process::destroyForcibly);
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Process process : processes) {
                if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
