package org.espalier.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.file.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    /** Whatever a reader goes through afterwards, as {@link YamlEntries#values} does, finds room on its stack. */
    @ParameterizedTest
    @ValueSource(ints = {101, 1500, 2000, 20_000})
    void listsAndTablesThatStandTooDeepInOneAnotherAreRefused(int depth) {
        for (String yaml : List.of(
                "a: " + "[".repeat(depth) + "]".repeat(depth),
                "a: " + "{a: ".repeat(depth) + "1" + "}".repeat(depth))) {
            assertThatThrownBy(() -> YamlText.nodes(yaml, "x.yaml"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("x.yaml")
                    .hasMessageContaining("stand too deep in one another");
        }
    }

    @Test
    void aHundredListsInOneAnotherAreRead() {
        Problems problems = new Problems(Path.of("x.yaml"));
        String yaml = "a: " + "[".repeat(99) + "1" + "]".repeat(99);
        assertThat(YamlEntries.of(yaml, Path.of("x.yaml"), "something", problems)
                        .values())
                .containsKey("a");
    }

    /** The parser's time grows with the square of a value's length. */
    @Test
    @Timeout(60)
    void whatIsLongerThanAnyFileOfAPersonIsRefused() {
        assertThatThrownBy(() -> YamlText.nodes("a: " + "x".repeat(5_000_000), "x.yaml"))
                .isInstanceOf(InputException.class)
                .hasMessage("x.yaml is longer than 1048576 characters: it is no file that a person wrote");
    }
}
