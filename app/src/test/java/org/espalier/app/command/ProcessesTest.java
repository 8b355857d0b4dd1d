package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings by several real processes. */
@Timeout(240)
class ProcessesTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Path MODEL = ROOT.resolve("greenhouse/model");
    private static final Path RECIPE = ROOT.resolve("recipes/greenhouse.yaml");

    @TempDir
    private static Path folder;

    private static Path explored;

    private final Typed espalier = new Typed();

    @BeforeAll
    static void explore() {
        Typed typed = new Typed();
        typed.done(
                "greenhouse world --size train=4 --size validation=2 --size test-seen=2 --size test-combinations=2"
                        + " --size test-drawings=2 --out",
                folder.resolve("world"));
        explored = folder.resolve("explored");
        typed.done(
                "explore --trunk-attempts 2 --branch-samples 2 --examples 0 --model",
                MODEL,
                "--data",
                folder.resolve("world/train/ssui.jsonl"),
                "--recipe",
                RECIPE,
                "--out",
                explored);
    }

    private static List<Object> training(String out, int epochs) {
        return List.of(
                "train --method srpo --examples 0 --batch 4 --model",
                MODEL,
                "--trees",
                explored,
                "--recipe",
                RECIPE,
                "--epochs " + epochs + " --out",
                folder.resolve(out));
    }

    private static Object[] words(List<Object> training, String more) {
        List<Object> all = new ArrayList<>(training);
        all.add(more);
        return all.toArray();
    }

    private static void sameBytes(String one, String other) {
        for (String file :
                List.of("metrics.jsonl", "adapter/adapter_model.safetensors", "adapter/adapter_config.json")) {
            assertThat(folder.resolve(other).resolve(file))
                    .hasSameBinaryContentAs(folder.resolve(one).resolve(file));
        }
    }

    @Test
    void oneTwoAndFourProcessesWriteTheSame() throws IOException {
        espalier.done(words(training("one", 2), "--refresh 1 --threads 1"));
        espalier.done(words(training("two", 2), "--refresh 1 --processes 2"));
        espalier.done(words(training("four", 2), "--refresh 1 --processes 4"));

        sameBytes("one", "two");
        sameBytes("one", "four");
        assertThat(folder.resolve("four/refresh-1.jsonl"))
                .hasSameBinaryContentAs(folder.resolve("one/refresh-1.jsonl"));
        assertThat(Files.readString(folder.resolve("two/run.json"))).contains("1 thread), 2 processes", "\"threads\"");
        // Their number is no part of what the run is, that of the threads is.
        espalier.done(words(training("two", 2), "--refresh 1 --threads 1"));
        assertThat(espalier.out()).contains("finished before");
        assertThat(espalier.run(words(training("two", 2), "--refresh 1"))).isEqualTo(2);
        assertThat(espalier.err()).contains("threads was 1, now unset");
    }

    @Test
    void aLostProcessEndsAllAndTheSameCommandGoesOn() throws Exception {
        espalier.done(words(training("whole", 20), "--threads 1"));
        Typed killed = new Typed();
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> killed.run(words(training("killed", 20), "--processes 3")));
        await(folder.resolve("killed/metrics.jsonl"));
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .destroyForcibly();

        assertThat(code.get()).as(killed.err()).isEqualTo(3);
        assertThat(killed.err().lines().filter(line -> line.startsWith("espalier: ")))
                .singleElement()
                .asString()
                .matches("espalier: process [12] of 3 \\(pid \\d+\\) was lost, so the others stop too: .*");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();

        espalier.done(words(training("killed", 20), "--processes 2"));
        sameBytes("whole", "killed");
    }

    @Test
    void nothingIsLeftWhereTheFirstIsKilled() throws Exception {
        Path run = folder.resolve("orphans");
        Process first = start(Map.of(), words(training("orphans", 400), "--processes 3"));
        await(run.resolve("metrics.jsonl"));
        List<ProcessHandle> children = first.children().toList();
        assertThat(children).hasSize(2);
        first.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aLaunchersEnvironmentIsReadAndChecked() throws Exception {
        Object[] words = words(training("launched", 1), "--seed 1");
        Process wrong = start(Map.of("RANK", "3", "WORLD_SIZE", "2"), words);
        assertThat(new String(wrong.getErrorStream().readAllBytes()))
                .isEqualTo("espalier: the environment says RANK 3 of WORLD_SIZE 2: ranks go from 0 to 1\n");
        assertThat(wrong.waitFor()).isEqualTo(2);

        Map<String, String> both =
                Map.of("WORLD_SIZE", "2", "MASTER_ADDR", "127.0.0.1", "MASTER_PORT", Integer.toString(freePort()));
        Map<String, String> second = new java.util.TreeMap<>(both);
        second.put("RANK", "1");
        Map<String, String> one = new java.util.TreeMap<>(both);
        one.put("RANK", "0");
        Process other = start(second, words);
        Process first = start(one, words);
        assertThat(first.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(other.getInputStream().readAllBytes())
                .as("the first one tells")
                .isEmpty();
        assertThat(other.getErrorStream().readAllBytes()).isEmpty();
        assertThat(new String(first.getInputStream().readAllBytes())).contains("Trained an adapter by srpo");
    }

    @Test
    void wrongNumbersAreRefusedAndADryRunTellsTheSplit() {
        assertThat(espalier.run(words(training("none", 1), "--processes 0"))).isEqualTo(2);
        assertThat(espalier.err()).contains("--processes is a number from 1 to 1024, not 0");
        assertThat(espalier.run(words(training("none", 1), "--dry-run --processes 8")))
                .isZero();
        assertThat(espalier.out())
                .contains(
                        "8 processes of 1 thread each; of the 4 questions of a step each computes about 1",
                        "4 of them have nothing to do");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void await(Path file) throws Exception {
        while (!Files.exists(file) || Files.size(file) == 0) {
            Thread.sleep(20);
        }
    }

    private static Process start(Map<String, String> environment, Object[] words) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Despalier.root=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "org.espalier.app.Main"));
        Arrays.stream(words)
                .flatMap(word -> word instanceof String text
                        ? Arrays.stream(text.split(" "))
                        : java.util.stream.Stream.of(word.toString()))
                .filter(word -> !word.isEmpty())
                .forEach(line::add);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
