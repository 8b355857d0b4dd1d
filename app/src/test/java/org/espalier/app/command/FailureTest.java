package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void callsBadInputWrongUse() {
        assertThat(Failure.of(new InputException("line 3 is broken")))
                .isEqualTo(new Failure(ExitCode.WRONG_USE, "line 3 is broken"));
    }

    @Test
    void findsTheReasonUnderWrappings() {
        assertThat(Failure.of(new ExecutionException(new IllegalStateException(new InputException("here")))))
                .isEqualTo(new Failure(ExitCode.WRONG_USE, "here"));
    }

    @Test
    void blamesTheSurroundingsForDiskAndMemory() {
        assertThat(Failure.of(new SurroundingsException("the disk is full", new RuntimeException()))
                        .code())
                .isEqualTo(ExitCode.SURROUNDINGS);
        assertThat(Failure.of(new UncheckedIOException(new FileSystemException("f", null, "No space left on device"))))
                .isEqualTo(new Failure(ExitCode.SURROUNDINGS, "the file system failed: f: No space left on device"));
        assertThat(Failure.of(new OutOfMemoryError("Java heap space")).code()).isEqualTo(ExitCode.SURROUNDINGS);
        assertThat(Failure.of(new RuntimeException("DefaultCPUAllocator: can't allocate memory\nat x"))
                        .sentence())
                .contains("(DefaultCPUAllocator: can't allocate memory)");
    }

    @Test
    void knowsAMissingFile() {
        assertThat(Failure.of(new UncheckedIOException(new NoSuchFileException("a.json"))))
                .isEqualTo(new Failure(ExitCode.WRONG_USE, "there is no file or folder a.json"));
    }

    @Test
    void knowsANameThatNoFileCanHave() {
        assertThatThrownBy(() -> Path.of("a\0b"))
                .satisfies(thrown -> assertThat(Failure.of(thrown))
                        .isEqualTo(new Failure(
                                ExitCode.WRONG_USE, "\"a\0b\" is no name of a file: Nul character not allowed")));
    }

    @Test
    void knowsAnInterruption() {
        assertThat(Failure.of(new CancellationException()).code().number()).isEqualTo(130);
    }

    @Test
    void takesTheBlameForEverythingElse() {
        assertThat(Failure.of(new IllegalStateException("odd")).code().number()).isEqualTo(70);
    }
}
