package org.espalier.lab.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;
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

    /** With the model and the recipe of the checkout. */
    public static TrialTraining of(Path folder, int questions, int epochs) {
        Path checkout = Path.of(System.getProperty("espalier.root", ""));
        return new TrialTraining(
                folder,
                checkout.resolve("greenhouse/model"),
                checkout.resolve("recipes/greenhouse.yaml"),
                questions,
                epochs);
    }

    /** Questions, and their trees: of few draws, since only the training is looked at. */
    public void explore() throws InterruptedException {
        Folders.make(folder);
        finish(
                "world.log",
                EspalierProcess.words(
                        "greenhouse world --size validation=2 --size test-seen=2 --size test-combinations=2",
                        "--size test-drawings=2 --size train=" + questions,
                        List.of("--model", model, "--out", folder.resolve("world"))));
        finish(
                "explored.log",
                EspalierProcess.words(
                        "explore --trunk-attempts 4 --branch-samples 2 --examples 0",
                        List.of("--model", model, "--recipe", recipe),
                        List.of("--data", folder.resolve("world/train/ssui.jsonl"), "--out", explored())));
    }

    /** The command line of a training. */
    public List<String> words(Path out, String... more) {
        return EspalierProcess.words(
                "train --method srpo --examples 0 --epochs " + epochs,
                List.of("--model", model, "--trees", explored(), "--recipe", recipe, "--out", out),
                List.of(more));
    }

    private Path explored() {
        return folder.resolve("explored");
    }

    /** Runs a command to its end. */
    void finish(String log, List<String> words) throws InterruptedException {
        EspalierProcess.finish(HEAP, folder.resolve(log), words);
    }

    /** How many steps of a run are done. */
    public static int steps(Path run) {
        Path file = run.resolve("metrics.jsonl");
        return Files.exists(file)
                ? FileTrouble.reading(file, () -> Files.readAllLines(file).size())
                : 0;
    }
}
