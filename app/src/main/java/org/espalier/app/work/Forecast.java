package org.espalier.app.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.espalier.app.console.Durations;
import org.espalier.core.Demonstrations;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.SsuiSample;
import org.espalier.core.Turn;
import org.espalier.core.text.Counted;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.model.decoder.TextShape;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.TrainingSet;

/**
 * What work would cost, without loading the model: tokens are counted on some of the questions, memory and time follow
 * from the shape. Times are for a processor of two cores and hold within a factor of three or so.
 */
final class Forecast implements AutoCloseable {
    private static final int COUNTED = 32;
    /** Multiplications and additions a second. */
    private static final double FLOPS = 30e9;
    /** What a layer costs for each token of a batch beside its arithmetic. */
    private static final double SECONDS_A_LAYER = 0.0003;
    /** Passes through all layers that cost as much as the forward and backward pass of one question, apart from arithmetic. */
    private static final double PASSES_A_QUESTION = 6;
    /** Until Java and libtorch are ready. */
    private static final double START_SECONDS = 2;
    /** At which weights are read and hashed. */
    private static final double BYTES_A_SECOND = 400e6;
    /** Java, libtorch and what they unpack. */
    private static final double RESIDENT = 430e6;

    private final ModelFolder folder;
    private final TextShape shape;
    private final long parameters;
    private final long bytes;
    private final int questions;
    private double prompt;
    private double path;
    private double steps;

    private Forecast(Path model, int questions) {
        folder = ModelFolder.open(model);
        shape = folder.config().text();
        WeightInventory inventory = folder.inventory();
        parameters = inventory.parameters();
        bytes = inventory.bytes();
        this.questions = questions;
    }

    /** Looks at a model alone. */
    static Forecast of(Path model) {
        return new Forecast(model, 0);
    }

    /**
     * Looks at a model and the questions that it is to explore.
     *
     * @throws InputException if there are too few demonstrations for one of them
     */
    static Forecast of(Path model, List<SsuiSample> samples, ExploreSettings settings, long seed) {
        DemonstrationPool pool = DemonstrationPool.of(samples);
        List<Demonstrations> shown = samples.stream()
                .map(sample -> pool.choose(sample, settings.examples(), settings.examplesWithPictures(), seed))
                .toList();
        Forecast forecast = new Forecast(model, samples.size());
        try {
            forecast.count(samples, shown);
            return forecast;
        } catch (RuntimeException e) {
            forecast.close();
            throw e;
        }
    }

    /**
     * Looks at a model and what it would be asked.
     *
     * @param answer tokens of an answer, about
     */
    static Forecast of(Path model, List<List<Turn>> prompts, double answer) {
        Forecast forecast = new Forecast(model, prompts.size());
        try {
            forecast.prompt = prompts.stream()
                    .limit(COUNTED)
                    .flatMap(conversation -> forecast.readable(conversation).stream())
                    .mapToInt(Integer::intValue)
                    .average()
                    .orElse(0);
            forecast.path = answer;
            return forecast;
        } catch (RuntimeException e) {
            forecast.close();
            throw e;
        }
    }

    /** Empty where a picture cannot be read: its question will fail by itself. */
    private Optional<Integer> readable(List<Turn> conversation) {
        try {
            return Optional.of(tokens(conversation));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    private void count(List<SsuiSample> samples, List<Demonstrations> shown) {
        int counted = Math.min(COUNTED, samples.size());
        for (int i = 0; i < counted; i++) {
            SsuiSample sample = samples.get(i);
            prompt += tokens(shown.get(i).before(sample.question())) / (double) counted;
            path += folder.chat().answer(sample.reference().text()).length / (double) counted;
            steps += sample.reference().steps().size() / (double) counted;
        }
    }

    private int tokens(List<Turn> conversation) {
        return folder.prompt(conversation).ids().length;
    }

    void model(Desk desk) {
        desk.say("  model: %,d parameters, %s".formatted(parameters, ModelInventory.size(bytes)));
    }

    void exploration(Desk desk, ExploreSettings settings) {
        double places = Math.max(0, steps - (settings.branchLastStep() ? 0 : 1));
        double most = questions * (settings.trunkAttempts() + places * settings.branchSamples());
        // Half of the paths correct: two draws for a trunk, three for one of each kind.
        double likely = questions * (2 + 3 * places * 0.6);
        int group = Math.min(settings.groupSize(), questions);
        double calls = 5 * Math.ceil((double) questions / group);
        desk.say("  prompts: about %.0f tokens, demonstrations included".formatted(prompt));
        desk.say("  paths: about %,.0f tokens each, in %.0f steps; at most %,.0f draws of %d tokens, about %,.0f draws"
                        .formatted(path, steps, most, settings.maxTokens(), likely)
                + " if half of them are correct");
        double tokens = likely * path + 5.0 * questions * prompt;
        cost(desk, tokens, tokens, calls * path, cache(group * (prompt + 4 * path)));
    }

    void asking(Desk desk, int samples, int maxTokens, int groupSize) {
        double paths = (double) questions * samples;
        int group = Math.min(groupSize, questions) * samples;
        desk.say("  prompts: about %.0f tokens; answers: about %.0f tokens, at most %d"
                .formatted(prompt, path, maxTokens));
        double tokens = paths * (prompt + path);
        cost(desk, tokens, tokens, Math.ceil((double) questions / groupSize) * path, cache(group * (prompt + path)));
    }

    void training(Desk desk, List<PathTree> trees, Path data, TrainSettings settings, long seed) {
        TrainingSet.Extent extent =
                TrainingSet.of(settings.objective(), trees, data, folder, seed).extent();
        long optimizerSteps = settings.steps(extent.questions());
        desk.say(
                "  %,d questions that this method can use; %,d steps of %d; about %.1f paths and %.0f tokens a question,"
                                .formatted(
                                        extent.questions(),
                                        optimizerSteps,
                                        settings.batch(),
                                        extent.paths(),
                                        extent.tokens())
                        + " shared ones counted once");
        if (settings.refresh() > 0) {
            desk.say("  explores again " + Counted.of(settings.refresh(), "time")
                    + " in between, which is not counted below");
        }
        double passes = (double) optimizerSteps * settings.batch();
        double all = passes * extent.tokens();
        // What the backward pass needs of each token: the inputs of all products and some intermediate results.
        double kept = (double) extent.most() * shape.layers() * (10.0 * shape.hidden() + 3.0 * shape.feedForward());
        double numberBytes = (double) bytes / parameters;
        // Backwards only through the frozen weights: as much again, not twice.
        cost(desk, all, 2 * all, passes * PASSES_A_QUESTION, kept * numberBytes);
    }

    /** Of keys and values of so many tokens. */
    private double cache(double tokens) {
        return tokens * 2 * shape.layers() * shape.keyValueHeads() * shape.headWidth() * bytes / parameters;
    }

    /**
     * Says memory and time.
     *
     * @param tokens that go through the model
     * @param weighed the same, each counted as often as its arithmetic is that of a forward pass
     * @param passes how often the layers are gone through
     * @param held bytes beside the weights
     */
    private void cost(Desk desk, double tokens, double weighed, double passes, double held) {
        double seconds = START_SECONDS
                + bytes / BYTES_A_SECOND
                + 2.0 * parameters * weighed / FLOPS
                + passes * shape.layers() * SECONDS_A_LAYER;
        desk.say("  about %,.0f tokens through the model; memory about %s; time about %s on two cores"
                .formatted(
                        tokens,
                        ModelInventory.size((long) (RESIDENT + bytes + held)),
                        Durations.text(Duration.ofMillis((long) (1000 * seconds)))));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
