package org.espalier.studio.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.TreeFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeIndexTest {
    @TempDir
    private Path folder;

    private Path file;
    private TreeIndex index;

    @BeforeEach
    void open() {
        file = folder.resolve(TreeFile.NAME);
        index = new TreeIndex(file);
    }

    private static PathTree tree(String id) {
        return new PathTree(
                id,
                "images/a.png",
                "What about " + id + "?",
                "no",
                Optional.empty(),
                List.of(),
                false,
                List.of("One.", "Two."),
                Optional.empty(),
                List.of(),
                List.of(),
                new PathTree.Outcome(PathTree.Outcome.Kind.NO_TRUNK, "none was right"),
                new PathTree.Origin("m", "t", "", 0, 1));
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void append(PathTree tree) throws IOException {
        append(TreeFile.line(tree) + "\n");
    }

    private List<String> listed() {
        return index.entries().stream().map(TreeIndex.Entry::id).toList();
    }

    @Test
    void aTreeIsFoundWithItsNeighboursWhileTheExplorationGoesOn() throws IOException {
        append(tree("a"));
        append(tree("b"));
        assertThat(index.find("b").orElseThrow())
                .isEqualTo(new TreeIndex.Found(tree("b"), Optional.of("a"), Optional.empty()));
        append(tree("c"));
        assertThat(index.find("b").orElseThrow().next()).contains("c");
        assertThat(index.find("d")).isEmpty();
        assertThat(index.entries().getLast())
                .isEqualTo(new TreeIndex.Entry("c", "What about c?", "no-trunk: none was right", 0, 0));
    }

    @Test
    void anotherFileInItsPlaceIsReadAnew() throws IOException {
        append(tree("a"));
        append(tree("b"));
        assertThat(listed()).containsExactly("a", "b");
        AtomicFile.write(file, TreeFile.line(tree("z")) + "\n");
        assertThat(listed()).containsExactly("z");
        assertThat(index.find("a")).isEmpty();
    }

    @Test
    void whatIsNoTreeIsNamedByItsLineEveryTime() throws IOException {
        append(tree("a"));
        append("{\"id\": 3}\n");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> listed())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("line 2, field \"id\": is 3, not a text");
        }
    }

    @Test
    void aQuestionThatStandsThereTwiceIsNamed() throws IOException {
        append(tree("a"));
        append(tree("b"));
        append(tree("a"));
        assertThatThrownBy(() -> listed())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("\"a\" stands in line 1 already");
    }
}
