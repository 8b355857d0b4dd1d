package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
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
