package org.espalier.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    @TempDir
    private Path folder;

    @Test
    void appendsWhatLibrariesAndCommandsSay() throws IOException {
        assertThat(RunLog.isOpen()).isFalse();
        try (RunLog log = RunLog.open(folder)) {
            log.say("began");
            assertThat(RunLog.isOpen()).isTrue();
        }
        assertThat(RunLog.isOpen()).isFalse();
        try (RunLog log = RunLog.open(folder)) {
            Logger.getLogger("some.library").warning("odd");
            log.say("ended");
        }
        Logger.getLogger("some.library").fine("after the log was closed");

        assertThat(Files.readAllLines(folder.resolve("espalier.log")))
                .extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly("INFO espalier: began", "WARNING some.library: odd", "INFO espalier: ended");
    }

    /** As the JDK does with every handler when the process is told to end. */
    @Test
    void aRunThatIsToldToEndSaysItsLastWords() throws IOException {
        try (RunLog log = RunLog.open(folder)) {
            log.say("began");
            Stream.of(Logger.getLogger("").getHandlers())
                    .filter(handler -> handler.getClass().getName().startsWith(RunLog.class.getName()))
                    .forEach(Handler::close);
            log.say("put away what there was");
        }
        assertThat(folder.resolve("espalier.log")).content().contains("began", "put away what there was");
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "precious");
        Files.createSymbolicLink(folder.resolve("espalier.log"), mine);
        assertThatThrownBy(() -> RunLog.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("espalier.log is a link");
        assertThat(mine).hasContent("precious");
    }

    /** A pipe that nobody reads would hold the run for ever. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void writesIntoNoPipe() throws Exception {
        String pipe = folder.resolve("espalier.log").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
        assertThatThrownBy(() -> RunLog.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("espalier.log");
    }

    @Test
    void aFullDiskIsOneSentenceOfTheRunAndNoneOfTheLoggingLibrary() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream terminal = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (RunLog log = RunLog.to(folder.resolve("espalier.log"), full)) {
            assertThatThrownBy(() -> log.say("began"))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("espalier.log")
                    .hasMessageContaining("the disk is full");
        } finally {
            System.setErr(terminal);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
