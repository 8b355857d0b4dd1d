package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
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
}
