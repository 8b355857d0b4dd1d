package org.espalier.greenhouse.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.internal.picture.Gallery;
import org.espalier.greenhouse.internal.picture.SceneLabel;
import org.espalier.greenhouse.internal.picture.ScenePainter;
import org.espalier.greenhouse.internal.picture.ScenePng;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.World;

/**
 * Pictures without questions, for a dataset builder to begin with. They show pairs that the base model knows and come
 * from the gallery for tuning, so that what is built from them can be trained on and tested as usual.
 */
public record GreenhousePictures(World world, Split split) {
    private static final int MOST = 1_000_000;

    /**
     * Draws pictures into a folder.
     *
     * @param bytes length of each file at least; 0 leaves them as small as they are, about 5 kB
     */
    public void write(Path folder, long worldSeed, int count, int bytes, Progress progress) {
        if (count < 1 || count > MOST || bytes < 0 || bytes > 50_000_000) {
            throw new InputException("the greenhouse draws 1 to " + MOST
                    + " pictures of at most 50000000 bytes each, not " + count + " of " + bytes);
        }
        ScenePainter painter = new ScenePainter();
        QuestionScenes scenes = new QuestionScenes(world, split);
        List<Pair> pairs =
                world.pairs().stream().filter(pair -> !split.holdsOut(pair)).toList();
        try {
            Files.createDirectories(folder);
            for (int n = 0; n < count; n++) {
                Dice dice = Dice.of(worldSeed, "picture", n);
                byte[] png = ScenePng.of(painter, scenes.compose(dice.pick(pairs), false, Gallery.TUNING, dice));
                Files.write(
                        folder.resolve("greenhouse-%d-%06d.png".formatted(worldSeed, n)),
                        SceneLabel.filled(png, bytes));
                progress.at("draw pictures", n + 1, count, "");
            }
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
    }
}
