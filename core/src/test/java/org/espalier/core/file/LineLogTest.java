package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
    @TempDir
    Path folder;

    @Test
    void writesWholeLines() throws IOException {
        Path file = folder.resolve("new/log.jsonl");
        try (LineLog log = LineLog.open(file)) {
            log.append("one");
            log.append(List.of("zwölf", "three"));
        }
        assertThat(Files.readString(file)).isEqualTo("one\nzwölf\nthree\n");
    }

    @Test
    void dropsATornLastLineWhereverItWasTorn() throws IOException {
        String whole = "first\n" + "second ".repeat(20_000) + "\n";
        for (int torn : new int[] {0, 1, 5, 6, 7, 70_000, whole.length() - 1, whole.length()}) {
            Path file = folder.resolve("log" + torn);
            Files.writeString(file, whole.substring(0, torn));
            try (LineLog log = LineLog.open(file)) {
                log.append("next");
            }
            String kept = torn < 6 ? "" : torn < whole.length() ? "first\n" : whole;
            assertThat(Files.readString(file)).as("torn at %d", torn).isEqualTo(kept + "next\n");
        }
    }

    @Test
    void refusesALineWithALineEndInside() {
        try (LineLog log = LineLog.open(folder.resolve("log"))) {
            assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
            assertThat(log.length()).isZero();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that is always full")
    void saysThatTheDiskIsFull() {
        try (LineLog log = LineLog.open(Path.of("/dev/full"))) {
            assertThatThrownBy(() -> log.append("one"))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("the disk is full");
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeInItsPlaceOrInThatOfItsChecksumsIsRefusedAndNotWaitedFor() throws IOException, InterruptedException {
        for (String name : List.of("log", ".log.crc")) {
            Path pipe = folder.resolve(name);
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                    .isZero();
            assertThatThrownBy(() -> LineLog.open(folder.resolve("log")).close())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(pipe + " is a device or a pipe");
            Files.delete(pipe);
        }
    }

    @Test
    void noticesALineThatWasChangedSinceItWasWritten() throws IOException {
        String text = "{\"a\":1}\nzwölf\n\nlast\n";
        // Without its last line end the last line would be a torn one.
        for (int at = 0; at < text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length - 1; at++) {
            Path file = folder.resolve("log" + at);
            try (LineLog log = LineLog.open(file)) {
                log.append(List.of("{\"a\":1}", "zwölf"));
                log.append(List.of("", "last"));
            }
            assertThat(Files.readString(file)).isEqualTo(text);
            byte[] bytes = Files.readAllBytes(file);
            bytes[at] ^= 1;
            Files.write(file, bytes);
            int position = at;
            assertThatThrownBy(() -> LineLog.open(file))
                    .as("bit flipped at %d", position)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is not what was written");
        }
    }

    @Test
    void noticesItInALineOfManyBlocks() throws IOException {
        Path file = folder.resolve("log");
        List<String> lines = List.of("short", "x".repeat(200_000), "y".repeat(65_530), "last");
        try (LineLog log = LineLog.open(file)) {
            log.append(lines);
        }
        LineLog.open(file).close();
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {6, 65_535, 65_536, 131_072, 200_005, 200_007, 265_537}) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> LineLog.open(file))
                    .as("bit flipped at %d", at)
                    .hasMessageContaining("is not what was written");
        }
    }

    @Test
    void whoeverReadsTheFileNoticesItToo() throws IOException {
        Path file = folder.resolve("log");
        try (LineLog log = LineLog.open(file)) {
            log.append(List.of("{\"a\": 1}", "{\"a\": 2}", "{\"a\": 3}"));
        }
        assertThat(read(file)).isEqualTo(3);
        String written = Files.readString(file);
        for (String changed : List.of(written.replace('2', '4'), "{\"a\": 0}\n" + written)) {
            Files.writeString(file, changed);
            for (ThrowingCallable reading : List.<ThrowingCallable>of(() -> read(file), () -> new TextLines(file))) {
                assertThatThrownBy(reading)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(changed.contains("4") ? "line 2" : "line 1")
                        .hasMessageContaining("is not what was written")
                        .hasMessageContaining("delete .log.crc if the change was meant");
            }
        }
        Files.writeString(file, written.substring(0, 9));
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("log has 1 of the 3 lines that were written: it was cut short");
        Files.delete(folder.resolve(".log.crc"));
        assertThat(read(file)).isEqualTo(1);
    }

    @Test
    void aFileThatGrowsIsReadAsFarAsItIs() throws IOException {
        Path file = folder.resolve("log");
        try (LineLog log = LineLog.open(file)) {
            log.append(List.of("{\"a\": 1}", "{\"a\": 2}"));
            Files.writeString(file, "{\"a\": 3}\n{\"a\"", StandardOpenOption.APPEND);
            List<Long> lines = new ArrayList<>();
            Problems problems = new Problems(file);
            JsonLines.read(file, problems, line -> lines.add(line.line()));
            assertThat(lines).containsExactly(1L, 2L, 3L);
            assertThat(problems.count()).isEqualTo(1);
        }
    }

    private static int read(Path file) {
        List<Long> lines = new ArrayList<>();
        JsonLines.read(file, line -> lines.add(line.line()));
        return lines.size();
    }

    @Test
    void takesLinesWhoseChecksumsACrashLost() throws IOException {
        Path file = folder.resolve("log");
        try (LineLog log = LineLog.open(file)) {
            log.append(List.of("one", "two", "three"));
        }
        Path sums = folder.resolve(".log.crc");
        for (int kept : new int[] {0, 5, 9, 14, 27}) {
            byte[] bytes = Files.readAllBytes(sums);
            Files.write(sums, java.util.Arrays.copyOf(bytes, kept));
            LineLog.open(file).close();
            assertThat(Files.readAllBytes(sums)).as("cut to %d", kept).isEqualTo(bytes);
        }
    }

    @Test
    void forgetsTheChecksumsOfLinesThatWereTakenAway() throws IOException {
        Path file = folder.resolve("log");
        try (LineLog log = LineLog.open(file)) {
            log.append(List.of("one", "two", "three"));
        }
        Files.writeString(file, "one\ntw");
        try (LineLog log = LineLog.open(file)) {
            log.append("new");
        }
        LineLog.open(file).close();
        assertThat(Files.readString(file)).isEqualTo("one\nnew\n");
        assertThat(folder.resolve(".log.crc")).hasSize(18);
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "precious\n");
        Path link = Files.createSymbolicLink(folder.resolve("log"), mine);
        assertThatThrownBy(() -> LineLog.open(link))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("log is a link");
        assertThat(mine).hasContent("precious\n");
    }
}
