package org.espalier.workflow.greenhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.espalier.bench.judge.AnswerJudge;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Turn;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;
import org.espalier.model.ModelFolder;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.TrainingTokens;
import org.espalier.model.family.PictureInput;
import org.espalier.model.lora.AdamW;
import org.espalier.model.train.FullTraining;
import org.espalier.model.train.TrainingExample;
import org.espalier.tensor.Checkpoint;

/**
 * A small checkpoint fine-tuned as a judge of answers, all its weights: one that has never written JSON has no rows in its head
 * that an adapter of its layers could reach.
 *
 * @param model is not changed
 * @param out a new folder for the judge
 * @param batch examples a step
 * @param learningRate the highest one, after a tenth of the steps; then it falls to 0
 */
public record JudgeTuning(Path model, Path out, int epochs, int batch, double learningRate, long seed) {
    private static final AdamW.Settings OPTIMIZER = new AdamW.Settings(0.9, 0.98, 1e-8, 0.01, 1.0);
    private static final double WARM_UP = 0.1;

    public JudgeTuning {
        if (epochs < 1 || batch < 1 || !(learningRate > 0)) {
            throw new InputException("a judge is tuned in at least one epoch, by at least one example a step, at a"
                    + " learning rate above 0");
        }
    }

    /** @return the mean loss of the last epoch's tokens, in nats */
    double tune(List<AnswerJudge.Example> lessons, Progress progress) {
        ModelFolder folder = ModelFolder.open(model);
        begin(folder);
        List<TrainingExample> examples =
                lessons.stream().map(lesson -> example(folder, lesson)).toList();
        int each = Math.ceilDiv(examples.size(), batch);
        long steps = (long) each * epochs;
        double sum = 0;
        try (FullTraining training = FullTraining.of(folder, OPTIMIZER)) {
            Random random = new Random(seed);
            for (int epoch = 0; epoch < epochs; epoch++) {
                List<TrainingExample> order = new ArrayList<>(examples);
                Collections.shuffle(order, random);
                sum = 0;
                for (int i = 0; i < each; i++) {
                    double[] losses = training.step(
                            order.subList(i * batch, Math.min(order.size(), (i + 1) * batch)),
                            rate(training.steps(), steps));
                    double mean = Arrays.stream(losses).average().orElse(0);
                    sum += mean;
                    progress.at("tuning the judge", training.steps(), steps, "loss %.3f".formatted(mean));
                }
            }
            training.writeModel(out.resolve(Checkpoint.SINGLE));
        }
        return sum / each;
    }

    private double rate(long step, long steps) {
        double warm = Math.max(1, WARM_UP * steps);
        return learningRate * Math.min((step + 1) / warm, (double) (steps - step) / steps);
    }

    private void begin(ModelFolder folder) {
        if (Files.exists(out.resolve(Checkpoint.SINGLE))) {
            throw new InputException(out + " holds a model already: choose a new folder for the judge");
        }
        try {
            Files.createDirectories(out);
            for (Path file : Folders.list(folder.path())) {
                String name = file.getFileName().toString();
                if (name.endsWith(".json") && !name.equals("grow.json")) {
                    Files.copy(file, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw FileTrouble.writing(out, e);
        }
    }

    private static TrainingExample example(ModelFolder folder, AnswerJudge.Example lesson) {
        List<Turn> turns = new ArrayList<>(lesson.asked());
        turns.add(Turn.assistant(lesson.answer()));
        List<PictureInput> pictures =
                ChatFormat.images(turns).stream().map(folder::picture).toList();
        TrainingTokens tokens =
                folder.chat().training(turns, number -> pictures.get(number).tokens(), TrainingTokens.Turns.LAST);
        return new TrainingExample(tokens.ids(), tokens.mask(), pictures);
    }
}
