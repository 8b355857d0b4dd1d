package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path folder;

    @Test
    void listsByNameAndSaysWhereThereIsAFileInstead() throws IOException {
        Path second = Files.createFile(folder.resolve("b"));
        Path first = Files.createFile(folder.resolve("a"));
        assertThat(Folders.list(folder)).containsExactly(first, second);
        assertThatThrownBy(() -> Folders.list(first))
                .isInstanceOf(InputException.class)
                .hasMessage(first + " is a file where a folder is needed: name a folder");
        assertThatThrownBy(() -> Folders.list(folder.resolve("c")))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no file " + folder.resolve("c"));
    }
}
