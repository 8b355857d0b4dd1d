package org.espalier.app.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.espalier.app.config.BenchSettings;
import org.espalier.app.console.Durations;
import org.espalier.core.Demonstrations;
import org.espalier.core.PathTree;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.Turn;
import org.espalier.core.file.TreeFile;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Qwen25VlChat;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.picture.PictureReader;
import org.espalier.model.picture.PreprocessorConfig;
import org.espalier.model.picture.QwenImageProcessor;
import org.espalier.model.picture.Size;
import org.espalier.model.qwen.QwenConfig;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.tensor.Checkpoint;

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
    /** Java, libtorch and what they unpack. */
    private static final double RESIDENT = 700e6;

    private final Tokenizer tokenizer;
    private final ChatFormat chat;
    private final QwenImageProcessor processor;
    private final TextShape shape;
    private final long parameters;
    private final long bytes;
    private final int questions;
    private double prompt;
    private double path;
    private double steps;

    private Forecast(Path model, int questions) {
        QwenConfig config = QwenConfig.read(model.resolve("config.json"));
        shape = config.text();
        processor = new QwenImageProcessor(PreprocessorConfig.read(model.resolve("preprocessor_config.json")));
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            long numbers = 0;
            long size = 0;
            for (String name : checkpoint.names()) {
                numbers += checkpoint.info(name).elements();
                size += checkpoint.info(name).elements()
                        * checkpoint.info(name).dtype().bits()
                        / 8;
            }
            parameters = numbers;
            bytes = size;
        }
        tokenizer = Tokenizer.load(model);
        chat = new Qwen25VlChat(tokenizer);
        this.questions = questions;
    }

    /**
     * Looks at a model and some questions.
     *
     * @param examples shown before each question
     */
    static Forecast of(Path model, List<SsuiSample> samples, int examples, boolean pictures) {
        Forecast forecast = new Forecast(model, samples.size());
        try {
            forecast.count(samples, examples, pictures);
            return forecast;
        } catch (RuntimeException e) {
            forecast.close();
            throw e;
        }
    }

    private void count(List<SsuiSample> samples, int examples, boolean pictures) {
        int counted = Math.min(COUNTED, samples.size());
        for (int i = 0; i < counted; i++) {
            List<SsuiSample> shown = new ArrayList<>();
            for (int e = 1; e <= Math.min(examples, samples.size() - 1); e++) {
                shown.add(samples.get((i + e) % samples.size()));
            }
            SsuiSample sample = samples.get(i);
            prompt += tokens(new Demonstrations(shown, pictures).before(sample.question())) / (double) counted;
            path += chat.answer(sample.reference().text()).length / (double) counted;
            steps += sample.reference().steps().size() / (double) counted;
        }
    }

    private int tokens(List<Turn> conversation) {
        List<Integer> pictures = new ArrayList<>();
        for (Path image : ChatFormat.images(conversation)) {
            Size size = new PictureReader().size(image);
            pictures.add(processor.tokens(size.width(), size.height()));
        }
        return chat.prompt(conversation, pictures::get).ids().length;
    }

    void model(Desk desk) {
        desk.say("  model: %,d parameters, %s".formatted(parameters, mebibytes(bytes)));
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
        cost(desk, tokens, calls * path, group * (prompt + 4 * path));
    }

    void asking(Desk desk, BenchSettings settings) {
        double paths = (double) questions * settings.paths();
        int group = Math.min(settings.groupSize(), questions) * settings.paths();
        desk.say("  prompts: about %.0f tokens; answers: about %.0f tokens, at most %d"
                .formatted(prompt, path, settings.maxTokens()));
        cost(
                desk,
                paths * (prompt + path),
                Math.ceil((double) questions / settings.groupSize()) * path,
                group * (prompt + path));
    }

    void training(Desk desk, List<PathTree> trees, Path data, TrainSettings settings) {
        double tokens = 0;
        int pairs = 0;
        for (PathTree tree : trees.subList(0, Math.min(COUNTED, trees.size()))) {
            double question = tokens(List.of(Turn.user(TreeFile.question(tree, data))))
                    + chat.answer(new ReasoningPath(tree.reference()).text()).length;
            for (var pair : tree.pairs()) {
                question += pair.favorable().continuation().tokens().size()
                        + pair.unfavorable().continuation().tokens().size();
                pairs++;
            }
            tokens += question / Math.min(COUNTED, trees.size());
        }
        long optimizerSteps = Math.ceilDiv((long) trees.size() * settings.epochs(), settings.batch());
        double each = (double) pairs / Math.min(COUNTED, trees.size());
        desk.say("  %,d steps of %d questions; about %.1f pairs and %.0f tokens a question, shared ones counted once"
                .formatted(optimizerSteps, settings.batch(), each, tokens));
        double all = optimizerSteps * settings.batch() * tokens * 3;
        cost(desk, all, optimizerSteps * settings.batch() * 6.0, tokens * shape.layers() * 12);
    }

    /**
     * Says memory and time.
     *
     * @param batches how often the layers are gone through
     * @param held tokens whose keys and values are kept at once
     */
    private void cost(Desk desk, double tokens, double batches, double held) {
        double cache = held * 2 * shape.layers() * shape.keyValueHeads() * shape.headWidth() * 4;
        double seconds = 2.0 * parameters * tokens / FLOPS + batches * shape.layers() * SECONDS_A_LAYER;
        desk.say("  about %,.0f tokens through the model; memory about %s; time about %s on two cores"
                .formatted(tokens, mebibytes(RESIDENT + bytes + cache), Durations.text(Duration.ofMillis((long)
                        (1000 * seconds)))));
    }

    private static String mebibytes(double size) {
        return size < 2.0 * (1L << 30)
                ? "%.1f MiB".formatted(size / (1L << 20))
                : "%.1f GiB".formatted(size / (1L << 30));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
