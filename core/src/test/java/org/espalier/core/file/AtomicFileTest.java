package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void replacesAFileWhole() throws IOException {
        Path file = folder.resolve("deep/er/file.txt");
        AtomicFile.write(file, "one");
        AtomicFile.write(file, "two");
        assertThat(Files.readString(file)).isEqualTo("two");
    }

    @Test
    void leavesTheOldContentAndNothingElseWhenWritingFails() throws IOException {
        Path file = folder.resolve("file.txt");
        AtomicFile.write(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write("half".getBytes(StandardCharsets.UTF_8));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("file.txt");
        assertThat(Files.readString(file)).isEqualTo("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    /** A process that may write into /dev would put a file in the device's place. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
    void aDeviceIsWrittenIntoAndStaysWhatItIs() throws IOException {
        Path full = Path.of("/dev/full");
        assertThatThrownBy(() -> AtomicFile.write(full, "one"))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("the disk is full: /dev/full could not be written");
        assertThat(Files.readAttributes(full, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(FileTrouble.isDevice(Path.of("/dev/../dev/null"))).isTrue();
        assertThat(FileTrouble.isDevice(Path.of("/dev/shm"))).isFalse();
        assertThat(FileTrouble.isDevice(folder.resolve("file"))).isFalse();
    }

    @Test
    void aFileInSomebodysFolderIsRidOfWhatAKilledProcessLeftOfIt() throws IOException {
        List<Path> parts = new ArrayList<>();
        for (String name : List.of("report.html", "report.html", "other.html")) {
            String part = ".%s.00000000-0000-0000-0000-00000000000%d.part".formatted(name, parts.size());
            parts.add(Files.writeString(folder.resolve(part), "half"));
            if (parts.size() != 2) {
                Files.setLastModifiedTime(parts.getLast(), FileTime.from(Instant.EPOCH));
            }
        }
        AtomicFile.alone(folder.resolve("report.html"), "whole");
        assertThat(parts.getFirst()).doesNotExist();
        // Somebody may be writing it at this moment, and the other is of another file.
        assertThat(parts.get(1)).exists();
        assertThat(parts.getLast()).exists();
        assertThat(folder.resolve("report.html")).hasContent("whole");
        AtomicFile.alone(folder.resolve("new/report.html"), "whole");
        assertThat(folder.resolve("new/report.html")).hasContent("whole");
    }

    @Test
    void hashesAsEverybodyDoes() throws IOException {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(Sha256.of("abc")).isEqualTo(abc);
        Path one = Files.writeString(folder.resolve("one"), "abc");
        assertThat(Sha256.of(one)).isEqualTo(abc);
        assertThat(Sha256.of(folder)).isEqualTo(Sha256.of(abc + "  one\n"));
        Files.writeString(folder.resolve(".lock"), "");
        assertThat(Sha256.of(folder)).isEqualTo(Sha256.of(abc + "  one\n"));
    }
}
