package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsSectionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"verb\": \"ssui build\"}");
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        Report.sections(List.of(folder)).write(page);
        return page.toString();
    }

    @Test
    void tellsHowFarSketchesCameAndWhySomeDidNot() throws IOException {
        Files.writeString(folder.resolve("build.json"), """
            {"pictures": 40, "drafts": 21, "spent": 1.25, "drops": {"query": {"nothing <unsafe>": 17}},
             "stages": [{"name": "query", "reached": 40, "open": 0, "passed": 21, "dropped": 17, "dead": 2}]}\
            """);

        assertThat(page())
                .contains("The build", "40 pictures became 21 drafts for 1.25.")
                .as("a bar from 96 to 544, of which 21 of 40 are 235 long")
                .contains("aria-label=\"query: 21 of 40 go on\"", "width=\"448\"", "width=\"235.2\"")
                .contains("<th>query</th><td>40</td><td>21</td><td>17</td><td>2</td><td>0</td>")
                .contains("<td class=\"left\">nothing &lt;unsafe&gt;</td><td>17</td>")
                .contains("2 dead letters: dead-letters.jsonl");
    }

    @Test
    void aBuildThatGoesOnHasNoFunnelYet() {
        assertThat(page()).contains("told once it has come to its end");
    }
}
