package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RunFolderTest {
    @TempDir
    Path root;

    private static RunPlan plan(double temperature, long seed, String dataHash) {
        return RunPlan.of("explore")
                .version("espalier", "0.1.0")
                .seed("seed", seed)
                .setting("temperature", temperature, "the paper")
                .input("data", Path.of("data/ssui.jsonl"), dataHash)
                .device("cpu")
                .build();
    }

    @Test
    void saysWhatTheRunIs() throws IOException {
        Path folder = root.resolve("run");
        try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
            assertThat(run.resumed()).isFalse();
            run.finish();
        }
        JsonNode record = Json.parse(Files.readString(folder.resolve("run.json")));
        assertThat(record.at("/configuration/temperature/value").doubleValue()).isEqualTo(0.5);
        assertThat(record.at("/configuration/temperature/source").stringValue()).isEqualTo("the paper");
        assertThat(record.at("/seeds/seed").longValue()).isEqualTo(7);
        assertThat(record.at("/inputs/data/sha256").stringValue()).isEqualTo("aa");
        assertThat(record.has("started")).isTrue();
        assertThat(record.has("finished")).isTrue();
    }

    @Test
    void goesOnWithTheSameRun() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        Files.writeString(folder.resolve("trees.jsonl"), "{}\n");
        String started = Json.parse(Files.readString(folder.resolve("run.json")))
                .path("started")
                .stringValue();
        try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
            assertThat(run.resumed()).isTrue();
            assertThat(run.finished()).isFalse();
            run.finish();
        }
        try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
            assertThat(run.finished()).isTrue();
        }
        JsonNode record = Json.parse(Files.readString(folder.resolve("run.json")));
        assertThat(record.path("started").stringValue()).isEqualTo(started);
        assertThat(record.path("resumed").size()).as("opened again when done").isEqualTo(1);
    }

    @Test
    void namesOfATableWhatDiffersInItAlone() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, protocol(128)).close();
        Files.writeString(folder.resolve("answers.jsonl"), "{}\n");
        assertThatThrownBy(() -> RunFolder.open(folder, protocol(512)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("(protocol.decoding.max_tokens was 128, now 512)");
    }

    private static RunPlan protocol(int tokens) {
        var protocol = Json.object().put("benchmark", "usb");
        protocol.putObject("decoding").put("max_tokens", tokens).put("as", "greedy");
        return RunPlan.of("bench").setting("protocol", protocol, "flag").build();
    }

    @Test
    void refusesAnotherRunAndNamesWhatDiffers() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        Files.writeString(folder.resolve("trees.jsonl"), "{}\n");
        assertThatThrownBy(() -> RunFolder.open(folder, plan(0.7, 8, "bb")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("temperature was 0.5, now 0.7")
                .hasMessageContaining("(seed was 7, now 8; ")
                .hasMessageContaining("the content of data (data/ssui.jsonl) differs");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
    }

    @Test
    void saysWhereElseTheRunWasComputed() throws IOException {
        Path folder = root.resolve("run");
        for (String device : List.of("two threads", "one thread", "one thread", "two threads")) {
            RunFolder.open(folder, RunPlan.of("train").device(device).build()).close();
        }
        JsonNode record = Json.parse(Files.readString(folder.resolve("run.json")));
        assertThat(record.path("device").stringValue()).isEqualTo("two threads");
        assertThat(record.path("earlier_devices").valueStream().map(JsonNode::stringValue))
                .containsExactly("two threads", "one thread");
    }

    @Test
    void ofManyDifferencesAFewAreNamedAndOfAnotherVerbTheVerb() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, settings("explore", 1)).close();
        Files.writeString(folder.resolve("trees.jsonl"), "{}\n");
        assertThatThrownBy(() -> RunFolder.open(folder, settings("explore", 2)))
                .hasMessageContaining("d was 1, now 2; e was 1, now 2; and 2 more): repeat it");
        assertThatThrownBy(() -> RunFolder.open(folder, settings("train", 2)))
                .hasMessage(folder + " holds what 'espalier explore' made: choose another folder for this run");
    }

    private static RunPlan settings(String verb, int value) {
        RunPlan.Builder plan = RunPlan.of(verb);
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
            plan.setting(name, value, "flag");
        }
        return plan.build();
    }

    @Test
    void aRunThatWroteNothingGivesItsPlaceToAnother() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        Files.writeString(folder.resolve(RunFolder.LOG), "begun\n");
        Files.writeString(folder.resolve("trees.jsonl"), "");
        try (RunFolder run = RunFolder.open(folder, plan(0.7, 8, "bb"))) {
            assertThat(run.resumed()).isFalse();
            run.finish();
        }
        assertThatThrownBy(() -> RunFolder.open(folder, plan(0.5, 7, "aa")))
                .as("it came to its end, if with nothing")
                .hasMessageContaining("started with other settings");
    }

    @Test
    void foreseesWhatOpeningWouldFind() throws IOException {
        Path folder = root.resolve("run");
        assertThat(RunFolder.inspect(folder, () -> plan(0.5, 7, "aa"))).isEqualTo(RunFolder.Found.NOTHING);
        assertThat(folder).doesNotExist();
        try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
            assertThat(RunFolder.inspect(folder, () -> plan(0.5, 7, "aa"))).isEqualTo(RunFolder.Found.STARTED);
            Files.writeString(folder.resolve("trees.jsonl"), "{}\n");
            run.finish();
        }
        assertThat(RunFolder.inspect(folder, () -> plan(0.5, 7, "aa"))).isEqualTo(RunFolder.Found.FINISHED);
        assertThatThrownBy(() -> RunFolder.inspect(folder, () -> plan(0.7, 7, "aa")))
                .hasMessageContaining("started with other settings");
        assertThatThrownBy(() -> RunFolder.inspect(root, () -> plan(0.5, 7, "aa")))
                .hasMessageContaining("is not empty");
    }

    @Test
    void refusesAFolderWithOtherThingsInIt() throws IOException {
        Path thesis = Files.writeString(root.resolve("thesis.tex"), "");
        assertThatThrownBy(() -> RunFolder.open(root, plan(0.5, 7, "aa")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> RunFolder.open(thesis, plan(0.5, 7, "aa")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a file");
        assertThatThrownBy(() -> RunFolder.open(thesis.resolve("run"), plan(0.5, 7, "aa")))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("a file stands where one of its folders should be");
    }

    @Test
    void refusesABrokenRecord() throws IOException {
        Path folder = Files.createDirectories(root.resolve("run"));
        Files.writeString(folder.resolve("run.json"), "{\"verb\":");
        assertThatThrownBy(() -> RunFolder.open(folder, plan(0.5, 7, "aa")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run.json is not JSON");
    }

    /** Every value of a record, replaced by values of every kind. */
    @Test
    void aRecordWithAnyValueOfAnotherKindIsRefusedInASentenceOrTaken() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        Files.writeString(folder.resolve("trees.jsonl"), "{}\n");
        Path file = folder.resolve("run.json");
        JsonNode sound = Json.parse(Files.readString(file));
        int refused = 0;
        for (JsonPointer place : places(sound)) {
            for (String other :
                    List.of("null", "\"x\"", "1e999", "-1", "true", "[]", "[[\"x\"]]", "{}", "{\"a\":{}}")) {
                ObjectNode broken = (ObjectNode) sound.deepCopy();
                ((ObjectNode) broken.at(place.head())).set(place.last().getMatchingProperty(), Json.parse(other));
                AtomicFile.write(file, Json.page(broken));
                try {
                    RunFolder.inspect(folder, () -> plan(0.5, 7, "aa"));
                    RunFolder.open(folder, plan(0.5, 7, "aa")).close();
                } catch (InputException e) {
                    refused++;
                    assertThat(e.getMessage()).doesNotContain("\n").contains(folder.toString());
                }
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    private static List<JsonPointer> places(JsonNode record) {
        List<JsonPointer> places = new ArrayList<>();
        List.of("resumed", "earlier_devices", "finished").forEach(name -> places.add(JsonPointer.compile("/" + name)));
        collect(record, JsonPointer.empty(), places);
        return places;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
        node.properties().forEach(entry -> {
            JsonPointer place = at.appendProperty(entry.getKey());
            places.add(place);
            collect(entry.getValue(), place, places);
        });
    }

    @Test
    void itsFolderAndGrowingFilesAreTheOwnersAlone() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path folder = root.resolve("deep/run");
        Path there = Files.createDirectory(root.resolve("empty"));
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        RunFolder.open(there, plan(0.5, 7, "aa")).close();
        LineLog.open(root.resolve("answers.jsonl")).close();
        assertThat(rights(folder)).isEqualTo("rwx------");
        assertThat(rights(there)).isEqualTo("rwx------");
        assertThat(rights(root.resolve("answers.jsonl"))).isEqualTo("rw-------");

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        assertThat(rights(folder)).as("as its owner changed them").isEqualTo("rwxr-x---");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void letsOneAtATimeIn() {
        Path folder = root.resolve("run");
        try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
            assertThat(run.resolve("trees.jsonl")).hasParentRaw(folder);
            assertThatThrownBy(() -> RunFolder.open(folder, plan(0.5, 7, "aa")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another process is working in");
        }
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
    }

    @Test
    void refusesAFolderInWhichALinkLeadsElsewhere() throws IOException {
        Path mine = Files.writeString(root.resolve("mine.txt"), "precious");
        for (String name : List.of("answers.jsonl", "espalier.log", ".run.json.part", ".lock", "adapter/x")) {
            Path folder = root.resolve("run" + name.hashCode());
            RunFolder.open(folder, plan(0.5, 7, "aa")).close();
            Path link = folder.resolve(name);
            Files.createDirectories(java.util.Objects.requireNonNull(link.getParent()));
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, mine);
            assertThatThrownBy(() -> RunFolder.open(folder, plan(0.5, 7, "aa")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(name + " is a link: nothing is written through links");
            assertThat(mine).hasContent("precious");
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesAFolderInWhichAPipeWouldKeepItWaiting() throws IOException, InterruptedException {
        for (String name : List.of("espalier.log", ".lock", "answers.jsonl")) {
            Path folder = root.resolve("run" + name.hashCode());
            RunFolder.open(folder, plan(0.5, 7, "aa")).close();
            Path pipe = folder.resolve(name);
            Files.deleteIfExists(pipe);
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            assertThatThrownBy(() -> RunFolder.open(folder, plan(0.5, 7, "aa")))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(pipe + " is a device or a pipe where a file is needed");
        }
    }

    @Test
    void resumesInAFolderThatIsReachedThroughALink() throws IOException {
        RunFolder.open(root.resolve("real"), plan(0.5, 7, "aa")).close();
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
        try (RunFolder run = RunFolder.open(link, plan(0.5, 7, "aa"))) {
            assertThat(run.resumed()).isTrue();
        }
    }

    @Test
    void removesWhatAKilledProcessLeftUnfinishedLongAgo() throws IOException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        String part = ".results.json.00000000-0000-0000-0000-00000000000%d.part";
        Path old = Files.writeString(folder.resolve(part.formatted(1)), "half");
        Path young = Files.writeString(folder.resolve(part.formatted(2)), "half");
        Path theirs = Files.writeString(folder.resolve(".thesis.tex.part"), "of another program");
        aged(old);
        aged(theirs);
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(theirs).exists();
    }

    private static void aged(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }

    /** Another process: writes a file slowly or opens a run, says so, and waits to be killed. */
    static final class Child {
        public static void main(String[] words) throws InterruptedException {
            Path folder = Path.of(words[1]);
            if (words[0].equals("write")) {
                AtomicFile.write(folder.resolve("labels.json"), out -> {
                    out.write('{');
                    out.flush();
                    System.out.println("writing");
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                });
            }
            try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
                System.out.println("working in " + run.path());
            } catch (InputException e) {
                System.out.println("refused");
            }
        }
    }

    private Process child(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String said(Process child) throws IOException {
        return child.inputReader(StandardCharsets.UTF_8).readLine();
    }

    @Test
    void whatALivingProcessIsWritingStaysHoweverOldItIs() throws IOException, InterruptedException {
        Path folder = root.resolve("run");
        RunFolder.open(folder, plan(0.5, 7, "aa")).close();
        Process living = child("write", folder.toString());
        try {
            assertThat(said(living)).isEqualTo("writing");
            Path part = parts(folder).getFirst();
            aged(part);
            RunFolder.open(folder, plan(0.5, 7, "aa")).close();
            assertThat(part).exists();
            living.destroyForcibly().waitFor();
            RunFolder.open(folder, plan(0.5, 7, "aa")).close();
            assertThat(part).doesNotExist();
        } finally {
            living.destroyForcibly();
        }
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    @Test
    void whoIsTurnedAwayInThisProcessLetsNoOtherIn() throws IOException {
        Path folder = root.resolve("run");
        try (RunFolder run = RunFolder.open(folder, plan(0.5, 7, "aa"))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> RunFolder.open(folder, plan(0.5, 7, "aa")))
                        .hasMessageContaining("another process is working in");
                assertThat(said(child("open", folder.toString()))).isEqualTo("refused");
            }
            run.finish();
        }
        assertThat(said(child("open", folder.toString()))).isEqualTo("working in " + folder);
    }
}
