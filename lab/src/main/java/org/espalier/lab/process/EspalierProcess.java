package org.espalier.lab.process;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;

/** Another Espalier process, with what it says in a file. Closing kills it. */
public final class EspalierProcess implements AutoCloseable {
    private static final String MAIN = "org.espalier.app.Main";
    private static final List<String> HANDED_ON = List.of("espalier.root", "espalier.cache");

    private final Process process;
    private final Path log;

    private EspalierProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a command line of Espalier.
     *
     * @param heapMib largest heap
     * @param log is written anew
     */
    public static EspalierProcess start(int heapMib, Path log, List<String> words) {
        return start(options(heapMib), log, words);
    }

    /** One that will not live long: it compiles less. */
    public static EspalierProcess brief(int heapMib, Path log, List<String> words) {
        List<String> options = options(heapMib);
        options.add("-XX:TieredStopAtLevel=1");
        return start(options, log, words);
    }

    /** One with the options of this process: as it would start for a user. */
    public static EspalierProcess alike(Path log, List<String> words) {
        return start(ManagementFactory.getRuntimeMXBean().getInputArguments(), log, words);
    }

    /** The words of a command line: texts are parted at blanks; paths, and what is in lists, stand as they are. */
    public static List<String> words(Object... parts) {
        return Stream.of(parts)
                .flatMap(part -> switch (part) {
                    case List<?> several -> several.stream();
                    case String text -> Stream.of(text.split(" "));
                    default -> Stream.of(part);
                })
                .map(Object::toString)
                .toList();
    }

    /** Runs a brief one to its end, which must be a good one. */
    public static void finish(int heapMib, Path log, List<String> words) throws InterruptedException {
        try (EspalierProcess process = brief(heapMib, log, words)) {
            process.succeeds();
        }
    }

    private static List<String> options(int heapMib) {
        List<String> options = new ArrayList<>(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Xmx" + heapMib + "m"));
        for (String name : HANDED_ON) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(value -> options.add("-D" + name + "=" + value));
        }
        return options;
    }

    private static EspalierProcess start(List<String> options, Path log, List<String> words) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        line.addAll(words);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new EspalierProcess(process, log);
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

    /** Its exit code, once it has ended. */
    public int code() {
        return process.exitValue();
    }

    /** It and the processes that it started and that are there, in the order in which they came. */
    public List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(List.of(process.toHandle()));
        process.children().sorted(Comparator.comparingLong(ProcessHandle::pid)).forEach(family::add);
        return family;
    }

    /** All processes that it started, and those that these started. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Waits for its end, which must be a good one. */
    public void succeeds() throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw failed("ended with exit code " + code);
        }
    }

    /**
     * Waits until it says what is looked for.
     *
     * @return what the pattern's group 1 found
     */
    public String says(Pattern pattern) throws InterruptedException {
        while (running()) {
            Matcher found = pattern.matcher(said());
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(20);
        }
        throw failed("did not start");
    }

    /** What it said so far. */
    private String said() {
        return FileTrouble.reading(log, () -> Files.readString(log));
    }

    /** That it failed, with its last words. */
    private SurroundingsException failed(String how) {
        String said = said().strip();
        String last = said.length() > 500 ? "..." + said.substring(said.length() - 500) : said;
        return new SurroundingsException("A process of the trial " + how + ": " + last, new IllegalStateException(how));
    }

    /** Processor time used so far; zero once it is gone. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Largest memory it ever held, in MiB, where the system says. */
    public OptionalLong peakMib() {
        return ProcessMemory.peak(process.pid());
    }

    /** Memory it holds, in MiB, where the system says. */
    public OptionalLong residentMib() {
        return ProcessMemory.resident(process.pid());
    }

    /** Ends it at once, as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
