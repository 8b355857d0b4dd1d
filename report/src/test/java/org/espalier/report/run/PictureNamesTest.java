package org.espalier.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureNamesTest {
    @TempDir
    Path folder;

    @Test
    void findsThemInLinesOfJsonAndInCsvWhateverTheirCaseEscapesAndExtension() throws IOException {
        PictureNames names = new PictureNames();
        names.read(Files.writeString(folder.resolve("a.jsonl"), """
                {"id":"q1","image":"images\\/One.PNG","query":"May I, or not?"}
                {"id":"q2","image":"\\u00e9t\\u00e9.jpg"}
                """));
        names.read(Files.writeString(folder.resolve("b.csv"), "12,sub\\two words.webp,\"three.v2\"\n"));
        assertThat(names.found())
                .contains("q1", "one", "été", "two words", "three.v2", "12")
                .doesNotContain("or not?");
    }
}
