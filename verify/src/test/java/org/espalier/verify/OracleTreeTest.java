package org.espalier.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.PictureInput;
import org.junit.jupiter.api.Test;

/** Which pictures the question shows, where two of the folder take as many tokens as it has room for. */
class OracleTreeTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    private final ModelFolder model = ModelFolder.open(FOLDER);
    private final PictureInput first = model.picture(FOLDER.resolve("image_0.png"));
    private final PictureInput second = model.picture(FOLDER.resolve("image_0.png"));

    @Test
    void showsThoseOfTheCaseWithTheSamePrompt() {
        int[] prompt = read(List.of()).prompt();
        List<OracleCase> cases = List.of(
                new OracleCase("case.other.", new int[] {1, 2}, List.of(0), List.of(first)),
                new OracleCase("case.same.", prompt.clone(), List.of(1), List.of(second)));
        assertThat(read(cases).pictures())
                .satisfiesExactly(picture -> assertThat(picture).isSameAs(second));
    }

    @Test
    void showsTheFirstThatFitsWhereNoCaseHasThePrompt() {
        assertThat(read(List.of()).pictures())
                .satisfiesExactly(picture -> assertThat(picture).isSameAs(first));
    }

    private OracleTree read(List<OracleCase> cases) {
        TreeMap<Integer, PictureInput> pictures = new TreeMap<>();
        pictures.put(0, first);
        pictures.put(1, second);
        return OracleTree.read(FOLDER, model.config(), pictures, cases);
    }
}
