package org.espalier.greenhouse.grow;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.core.Turn;
import org.espalier.greenhouse.internal.corpus.CorpusItem;
import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.internal.picture.ScenePainter;
import org.espalier.greenhouse.world.World;
import org.espalier.model.ModelFolder;
import org.espalier.model.chat.TrainingTokens;
import org.espalier.model.family.PictureInput;
import org.espalier.model.train.TrainingExample;
import org.espalier.picture.RgbPicture;

/** Texts of the corpus as a model of the given folder reads them: tokens, and pictures painted and processed. */
final class ExampleMaker {
    private static final Path PAINTED = Path.of("painted");

    private final ModelFolder model;
    private final ScenePainter painter;

    ExampleMaker(World world, ModelFolder model) {
        this.model = model;
        this.painter = new ScenePainter();
    }

    TrainingExample example(CorpusItem item) {
        List<Turn> turns = item.messages().stream().map(ExampleMaker::turn).toList();
        List<PictureInput> pictures = item.messages().stream()
                .flatMap(message -> message.scene().stream())
                .map(this::picture)
                .toList();
        TrainingTokens tokens =
                model.chat().training(turns, number -> pictures.get(number).tokens(), TrainingTokens.Turns.LAST);
        int end = item.kind() == CorpusItem.Kind.GLANCE ? lastLearned(tokens.mask()) : tokens.ids().length;
        return new TrainingExample(Arrays.copyOf(tokens.ids(), end), Arrays.copyOf(tokens.mask(), end), pictures);
    }

    /** The place of the token that ends the answer: a glance stops in the middle of a path and must not teach to end there. */
    private static int lastLearned(boolean[] mask) {
        int last = mask.length - 1;
        while (!mask[last]) {
            last--;
        }
        return last;
    }

    private static Turn turn(CorpusItem.Message message) {
        List<Path> images = message.scene().map(scene -> PAINTED).stream().toList();
        return new Turn(message.role(), images, message.text());
    }

    private PictureInput picture(Scene scene) {
        return model.images().process(new RgbPicture(Scene.SIDE, Scene.SIDE, painter.paint(scene)));
    }
}
