package org.espalier.lab.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.FileTrouble;
import org.espalier.lab.process.EspalierProcess;

/**
 * Trainings of a trial, all on the same trees.
 *
 * @param folder for data and trainings; what is there of an earlier trial is used again
 * @param model the base model
 * @param recipe of the greenhouse
 * @param questions that are trained on
 * @param epochs of each training
 */
public record TrialTraining(Path folder, Path model, Path recipe, int questions, int epochs) {
    static final int HEAP = 512;

    /** Questions, and their trees: of few draws, since only the training is looked at. */
    public void explore() throws InterruptedException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
        List<String> world = new ArrayList<>(List.of("greenhouse", "world", "--model", model.toString()));
        for (String part : List.of("validation", "test-seen", "test-combinations", "test-drawings")) {
            world.addAll(List.of("--size", part + "=2"));
        }
        world.addAll(List.of(
                "--size", "train=" + questions, "--out", folder.resolve("world").toString()));
        finish("world.log", world);
        List<String> words = new ArrayList<>(List.of("explore", "--model", model.toString(), "--recipe"));
        words.addAll(List.of(recipe.toString(), "--trunk-attempts", "4", "--branch-samples", "2", "--examples", "0"));
        words.addAll(List.of("--data", folder.resolve("world/train/ssui.jsonl").toString()));
        words.addAll(List.of("--out", folder.resolve("explored").toString()));
        finish("explored.log", words);
    }

    /** The command line of a training. */
    public List<String> words(Path out, String... more) {
        List<String> words = new ArrayList<>(List.of("train", "--method", "srpo", "--model", model.toString()));
        words.addAll(List.of("--trees", folder.resolve("explored").toString(), "--recipe", recipe.toString()));
        words.addAll(List.of("--examples", "0", "--epochs", String.valueOf(epochs), "--out", out.toString()));
        words.addAll(List.of(more));
        return words;
    }

    /** Runs a command to its end. */
    void finish(String log, List<String> words) throws InterruptedException {
        try (EspalierProcess child = EspalierProcess.brief(HEAP, folder.resolve(log), words)) {
            child.succeeds();
        }
    }
}
