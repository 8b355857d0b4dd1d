package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.core.SurroundingsException;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.srpo.train.TrainingSet.TrainingQuestion;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.tensor.Placement;
import org.junit.jupiter.api.Test;

class MemoryCheckTest {
    private static final Path FOLDER = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "qwen2_5_vl");

    private static TrainingQuestion question(String id, int pictureTokens, int imageToken) {
        int[] prompt = new int[pictureTokens + 5];
        Arrays.fill(prompt, 2, 2 + pictureTokens, imageToken);
        TokenTree tree = new TokenTree(prompt, new int[0], List.of(new TokenTree.Leaf(0, new int[10])), false);
        return new TrainingQuestion(id, List.of(), tree, Optional.empty(), 1);
    }

    @Test
    void namesTheQuestionThatDoesNotFitBeforeAnythingIsComputed() {
        try (LoadedModel model = LoadedModel.open(ModelFolder.open(FOLDER), Placement.CPU)) {
            int image = model.config().imageToken();
            List<TrainingQuestion> questions =
                    List.of(question("q1", 10, image), question("q2", 3000, image), question("q3", 20, image));

            assertThatCode(() -> new MemoryCheck(model, 1L << 30).require(questions))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> new MemoryCheck(model, 1L << 20).require(questions))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("question q2")
                    .hasMessageContaining("3,015 tokens, 3,000 of them of pictures");
        }
    }
}
