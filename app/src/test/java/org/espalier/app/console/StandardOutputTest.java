package org.espalier.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.espalier.app.Main;
import org.espalier.app.command.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StandardOutputTest {
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that is always full")
    void saysThatWhatWasPrintedIsLost() throws IOException {
        try (FileOutputStream full = new FileOutputStream("/dev/full")) {
            StandardOutput out = new StandardOutput(full);
            PrintWriter printer = new PrintWriter(out, true, StandardCharsets.UTF_8);
            printer.println("figures");
            assertThat(out.lost())
                    .hasValueSatisfying(said -> assertThat(said)
                            .contains("could not be written in full")
                            .contains("No space left"));
        }
    }

    /** The whole program: a command that did its work, but whose figures nobody has. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a file that is always full")
    void aCommandWhosePrintIsLostEndsAsOneThatTheSurroundingsStopped() throws IOException, InterruptedException {
        Process command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--version")
                .redirectOutput(new File("/dev/full"))
                .start();
        String said = new String(command.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(command.waitFor()).as(said).isEqualTo(ExitCode.SURROUNDINGS.number());
        assertThat(said)
                .startsWith("espalier: what was printed could not be written in full")
                .hasLineCount(1);
    }

    @Test
    void letsAReaderHaveEnough() {
        StandardOutput out = new StandardOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        new PrintWriter(out, true, StandardCharsets.UTF_8).println("figures");
        assertThat(out.lost()).isEmpty();
    }

    @Test
    void hasLostNothingWhereAllWasPrinted() {
        StandardOutput out = new StandardOutput(OutputStream.nullOutputStream());
        new PrintWriter(out, true, StandardCharsets.UTF_8).println("figures");
        assertThat(out.lost()).isEmpty();
    }
}
