package org.espalier.endpoint.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
    @TempDir
    Path folder;

    private KeySource.File file(String rights) throws IOException {
        Path file = Files.writeString(folder.resolve("claude.key"), "sk-not-a-real-one\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return new KeySource.File(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r--r--r--", "rw----r--", "rwxrwxrwx"})
    void aKeyThatEverybodyMayReadIsRefusedAndNotShown(String rights) throws IOException {
        KeySource.File open = file(rights);
        assertThatThrownBy(() -> open.read(Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "everybody on this machine may read " + open.path()
                                + ", which holds a key: take that right away (chmod 600), or name an environment variable with key-env");
        assertThat(open.trouble(Map.of())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rw-r-----"})
    void aKeyOfOnesOwnOrOfAGroupIsTaken(String rights) throws IOException {
        KeySource.File own = file(rights);
        assertThat(own.trouble(Map.of())).isEmpty();
        assertThat(own.read(Map.of()).redact("it is sk-not-a-real-one")).isEqualTo("it is ***");
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing() {
        assertThat(new KeySource.File(folder.resolve("none.key")).trouble(Map.of()))
                .hasValueSatisfying(why -> assertThat(why).contains("there is no file"));
    }
}
