package org.espalier.workflow.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.core.Progress;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.report.study.StudyCell;
import org.espalier.workflow.greenhouse.TrainingQuestions;
import org.espalier.workflow.greenhouse.WorldDrawing;

/**
 * Where what belongs to a cell lies, and of which world it is.
 *
 * @param model the folder of its base model
 * @param out the folder of the study
 * @param pool questions that those to train on are chosen from
 * @param asked parts that are asked, with their sizes
 */
record CellPlace(StudyCell cell, Path model, Path out, int pool, Map<Part, Integer> asked) {
    CellPlace {
        asked = Map.copyOf(asked);
    }

    private Path world() {
        return out.resolve("worlds").resolve(cell.base() + "-" + cell.world());
    }

    /** Of the questions to train on; those of other seeds are chosen from the same. */
    WorldDrawing pools() {
        return drawing("train-" + pool, Map.of(Part.TRAIN, pool));
    }

    /** Of the questions that are asked. */
    WorldDrawing tests() {
        return drawing(testName(), asked);
    }

    /** Its name says what is asked. */
    String testName() {
        return asked.containsKey(Part.VALIDATION)
                ? "validation-" + asked.get(Part.VALIDATION)
                : "test-" + asked.get(Part.TEST_SEEN) + "-" + asked.getOrDefault(Part.TEST_DRAWINGS, 0);
    }

    private WorldDrawing drawing(String name, Map<Part, Integer> sizes) {
        return new WorldDrawing(
                world().resolve(name),
                new WorldSettings(cell.world(), sizes),
                SplitFile.read(WorldFile.load(), model),
                "model " + model,
                Map.of());
    }

    /** Refuses a base model that is none. */
    void check() {
        SplitFile.read(WorldFile.load(), model);
    }

    void draw(Progress progress) {
        pools().run(progress);
        tests().run(progress);
    }

    /** The file of the questions that are asked. */
    Path test() {
        return asked.containsKey(Part.VALIDATION)
                ? WorldDrawing.file(tests().out(), Part.VALIDATION)
                : tests().out().resolve(WorldDrawing.TEST);
    }

    /** The questions that are trained on, chosen by the cell's seed. */
    Path questions(int wanted) {
        return TrainingQuestions.writeBeside(pools().out(), wanted, cell.seed());
    }

    /** Of runs. */
    Path run(String name) {
        return out.resolve("cells")
                .resolve(cell.base() + "-" + cell.world() + "-" + cell.seed())
                .resolve(name);
    }

    /** Everything that is asked. */
    List<Integer> sizes() {
        return List.copyOf(asked.values());
    }
}
