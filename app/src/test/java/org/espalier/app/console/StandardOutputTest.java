package org.espalier.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
