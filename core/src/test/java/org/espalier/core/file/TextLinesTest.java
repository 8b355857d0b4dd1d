package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
    @TempDir
    private Path folder;

    @Test
    void endsLinesAsBufferedReaderDoes() throws IOException {
        for (String text : List.of(
                "", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb", "\n\n", "\r\n\r", "a\n\r\nb\r\r\n", "ä\u2028€\n")) {
            Path file = Files.writeString(folder.resolve("text"), text);
            List<String> lines = new ArrayList<>();
            try (TextLines source = new TextLines(file)) {
                for (Optional<String> line = source.next(); line.isPresent(); line = source.next()) {
                    lines.add(line.get());
                }
                assertThat(source.number()).isEqualTo(lines.size());
            }
            assertThat(lines).as(text).isEqualTo(Files.readAllLines(file));
        }
    }

    @Test
    void refusesALineThatDoesNotEnd() throws IOException {
        Path file = folder.resolve("endless");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
            sparse.write("{}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (TextLines source = new TextLines(file)) {
            assertThat(source.next()).contains("{}");
            assertThatThrownBy(source::next)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("endless, line 2 is longer than 67108864 characters");
        }
    }
}
