package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.espalier.core.InputException;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PictureHashesTest {
    @TempDir
    Path folder;

    @Test
    void looksAgainAtAFileThatHasChanged() throws IOException {
        PictureHashes seen = new PictureHashes(Provider.OPENAI_COMPATIBLE.pictures());
        Path file = folder.resolve("a.jpg");
        Files.writeString(file, "\u00FF\u00D8\u00FF one", StandardCharsets.ISO_8859_1);
        EncodedPicture first = seen.of(file);
        assertThat(seen.of(file)).isSameAs(first);

        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "\u00FF\u00D8\u00FF two", StandardCharsets.ISO_8859_1);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1));
        assertThat(seen.of(file).content()).isNotEqualTo(first.content());

        Files.writeString(file, "\u00FF\u00D8\u00FF longer", StandardCharsets.ISO_8859_1);
        assertThat(seen.of(file).bytes()).isEqualTo(10);
        Files.delete(file);
        assertThatThrownBy(() -> seen.of(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.jpg");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesADeviceThatNeverEnds() throws IOException {
        Path zeros = Files.createSymbolicLink(folder.resolve("zeros.png"), Path.of("/dev/zero"));

        assertThatThrownBy(() -> new PictureHashes(Provider.OPENAI.pictures()).of(zeros))
                .isInstanceOf(InputException.class)
                .hasMessage(zeros + " is a device or a pipe where a picture is needed");
    }
}
