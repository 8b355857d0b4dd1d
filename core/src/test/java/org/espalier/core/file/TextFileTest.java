package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir
    Path folder;

    @Test
    void readsAText() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "héllo\n");

        assertThat(TextFile.read(file)).isEqualTo("héllo\n");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> JsonFile.read(file, "write it again"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not UTF-8 text");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that never ends")
    void aLinkToADeviceThatNeverEndsIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("config.json"), Path.of("/dev/zero"));

        assertThatThrownBy(() -> JsonFile.read(link, "give the file"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json is a device or a pipe where a file is needed");
        assertThatThrownBy(() -> Sha256.of(link))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json is a device or a pipe where a file is needed");
    }

    /** Opening one that nobody writes to would wait for ever. */
    @Test
    @Timeout(60)
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsRefusedBeforeItIsOpened() throws Exception {
        Path pipe = folder.resolve("ssui.jsonl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> TextFile.read(pipe),
                () -> Sha256.of(pipe),
                () -> SsuiFile.read(pipe),
                () -> JsonFile.read(pipe, "give the file"))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("ssui.jsonl is a device or a pipe where a file is needed");
        }
    }

    @Test
    void aWriterThatFailsLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a.txt"), out -> {
                    throw new InputException("no");
                }))
                .isInstanceOf(InputException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
