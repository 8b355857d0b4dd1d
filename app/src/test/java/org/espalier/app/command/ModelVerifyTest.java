package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVerifyTest {
    private static final Path FIXTURE =
            Path.of(System.getProperty("espalier.root"), "fixtures").resolve("qwen2_5_vl");

    @TempDir
    Path copy;

    private final Typed espalier = new Typed();

    @Test
    void saysByWhichRuleEveryValueAgrees() {
        assertThat(espalier.run("model verify", FIXTURE)).as(espalier.err()).isZero();
        assertThat(espalier.out())
                .contains(
                        "where |a−b| ≤ 1e-6·|b| + 1e-7·max|tensor|; whole numbers and 8-bit pixels where they are equal.")
                .contains("|a−b| ≤ 1e-6·|b| + 1e-7·max|tensor| + 2·d·max|tensor|, d being")
                .contains("|a−b| ≤ 1e-6·|b| + 1e-7·max|tensor| + 2·d·Σ lr·max|g|/(√v̂+ε)")
                .containsPattern("processor.8-bit +3 +equal +equal +agrees")
                .containsPattern("srpo \\(pairwise\\) +49 +\\S+ +0\\.\\d+ +\\d\\.\\de-\\d\\d +agrees")
                .endsWith("Every value agrees.\n");
    }

    @Test
    void namesWhatDiffers() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURE)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                Path target = copy.resolve(FIXTURE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Files.copy(FIXTURE.resolve("image_0.png"), copy.resolve("image_3.png"));
        assertThat(espalier.run("model verify", copy)).as(espalier.err()).isEqualTo(1);
        assertThat(espalier.out())
                .contains(
                        "lacking: 2 values that belong to a whole file are not in it, the first is processor.grid_thw.3.")
                .doesNotContain("Every value agrees");
    }
}
