package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.SsuiFile;
import org.espalier.greenhouse.data.Part;

/** The questions of a world that one seed trains on: couples of an unsafe question and its twin, drawn from many. */
final class TrainingQuestions {
    /** Their file in the world's folder. */
    static final String NAME = "questions.jsonl";

    private TrainingQuestions() {}

    /**
     * Chooses and writes them, in the order of the data.
     *
     * @param wanted an even number
     * @return how many they are
     */
    static int write(Path world, int wanted, long seed) {
        List<SsuiSample> all = SsuiFile.read(WorldWork.file(world, Part.TRAIN));
        int couples = all.size() / 2;
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < couples; i++) {
            numbers.add(i);
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = couples - 1; i > 0; i--) {
            Collections.swap(numbers, i, random.nextInt(i + 1));
        }
        List<SsuiSample> chosen = new ArrayList<>();
        numbers.stream()
                .limit(wanted / 2)
                .sorted()
                .forEach(couple -> all.subList(2 * couple, 2 * couple + 2)
                        .forEach(sample -> chosen.add(WorldWork.below(Part.TRAIN.label() + "/", sample))));
        Path file = world.resolve(NAME);
        if (!Files.exists(file)) {
            SsuiFile.write(file, chosen);
        }
        return chosen.size();
    }
}
