package org.espalier.app.endurance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;

/** Another Espalier process, with what it says in a file. Closing kills it. */
public final class Child implements AutoCloseable {
    /** By name: the command line sees this package, not the other way round. */
    private static final String MAIN = "org.espalier.app.Main";

    private static final List<String> HANDED_ON = List.of("espalier.root", "espalier.cache");

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a command line of Espalier.
     *
     * @param heapMib largest heap
     * @param log is written anew
     */
    public static Child start(int heapMib, Path log, List<String> words) {
        return start(heapMib, List.of(), log, words);
    }

    /** One that will not live long: it compiles less. */
    static Child brief(int heapMib, Path log, List<String> words) {
        return start(heapMib, List.of("-XX:TieredStopAtLevel=1"), log, words);
    }

    private static Child start(int heapMib, List<String> options, Path log, List<String> words) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Xmx" + heapMib + "m"));
        for (String name : HANDED_ON) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(value -> line.add("-D" + name + "=" + value));
        }
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        line.addAll(words);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Child(process, log);
        } catch (IOException e) {
            throw new SurroundingsException("another process cannot be started: " + e.getMessage(), e);
        }
    }

    public boolean running() {
        return process.isAlive();
    }

    /** Waits for its end at most so long; whether it came. */
    public boolean ends(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for its end, which must be a good one. */
    public void succeeds() throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw failed("ended with exit code " + code);
        }
    }

    /** What it said so far. */
    public String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw FileTrouble.reading(log, e);
        }
    }

    /** That it failed, with its last words. */
    SurroundingsException failed(String how) {
        String said = said().strip();
        String last = said.length() > 500 ? "..." + said.substring(said.length() - 500) : said;
        return new SurroundingsException("A process of the trial " + how + ": " + last, new IllegalStateException(how));
    }

    /** Processor time used so far; zero once it is gone. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Largest memory it ever held, in MiB, where the system says; 0 elsewhere. */
    public long peakMib() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kib -> Long.parseLong(kib) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Ends it at once, as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
