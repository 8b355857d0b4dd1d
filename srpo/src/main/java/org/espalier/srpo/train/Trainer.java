package org.espalier.srpo.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.file.TreeFile;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterConfig;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.Gradients;
import org.espalier.model.lora.Targets;
import org.espalier.srpo.tree.Evaluation;
import org.espalier.srpo.tree.TreeScorer;

/**
 * Path optimization (Eq. 5-9) and its baselines: one loop for all four. Resumes from the last checkpoint of its folder
 * with the same numbers as if it had never stopped.
 */
public final class Trainer {
    /** Between checkpoints, at least one step: what a kill may cost. */
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(10);

    /** Bytes of pictures' features that are kept: a question comes again every epoch, its picture as it was. */
    private static final long FEATURES = 512L << 20;

    private final LoadedModel model;
    private final TrainSettings settings;
    private final long seed;
    private final TreeScorer scorer;

    public Trainer(LoadedModel model, TrainSettings settings, long seed) {
        this.model = model;
        this.settings = settings;
        this.seed = seed;
        this.scorer = new TreeScorer(model.model());
        if (settings.dropout() != 0) {
            throw new InputException("dropout must be 0: two branches are compared under the same weights.");
        }
    }

    /**
     * How many steps a training takes.
     *
     * @param questions that the method can use
     */
    public long steps(int questions) {
        return Math.ceilDiv((long) questions * settings.epochs(), settings.batch());
    }

    /**
     * Trains and writes {@code adapter/}, {@code metrics.jsonl}, {@code tensorboard/} and {@code checkpoint.safetensors}.
     *
     * @param dataFile the data file whose folder the trees' pictures lie below
     * @param baseModel name of the base model, for the adapter's configuration
     * @param refresh asked {@code settings.refresh()} times, at equal distances
     * @return the number of questions that the method could use
     * @throws InputException if no question can be used
     */
    public int train(
            List<PathTree> trees, Path dataFile, Path folder, String baseModel, Refresh refresh, Progress progress) {
        TrainingSet set = new TrainingSet(model.folder(), settings, seed);
        List<TrainingQuestion> questions = set.of(trees, dataFile);
        if (questions.isEmpty()) {
            throw new InputException("None of the " + trees.size() + " explored questions can be used by "
                    + settings.method() + ": it needs a correct and an incorrect path of the same question.");
        }
        AdapterConfig config = AdapterConfig.of(settings.rank(), settings.alpha());
        AdamW.Constants constants = new AdamW.Constants(
                settings.beta1(), settings.beta2(), settings.epsilon(), settings.weightDecay(), settings.clip());
        try (Adapter adapter = Adapter.fresh(
                        config, new Targets(settings.targets()), model.decoder().shape(), seed);
                AdamW optimizer = new AdamW(adapter.parameters(), constants);
                PictureFeatures pictures = new PictureFeatures(model, FEATURES);
                BatchLearner learner = new BatchLearner(model.model())) {
            Checkpoint checkpoint = new Checkpoint(folder.resolve("checkpoint.safetensors"));
            checkpoint.restore(adapter.parameters(), optimizer);
            Run run = new Run(
                    set, dataFile, refresh, adapter, optimizer, pictures, learner, checkpoint, steps(questions.size()));
            try (Metrics metrics = Metrics.open(folder, optimizer.steps())) {
                run.through(questions, metrics, progress);
            }
            AdapterFiles.write(adapter, folder.resolve("adapter"), AdapterFiles.Layout.NESTED, baseModel);
        }
        return questions.size();
    }

    /** One training on its way. */
    private final class Run {
        private final TrainingSet set;
        private final Path dataFile;
        private final Refresh refresh;
        private final Adapter adapter;
        private final AdamW optimizer;
        private final PictureFeatures pictures;
        private final BatchLearner learner;
        private final Checkpoint checkpoint;
        private final long steps;
        private final Map<String, List<double[]>> base = new HashMap<>();
        private long saved = System.nanoTime();

        Run(
                TrainingSet set,
                Path dataFile,
                Refresh refresh,
                Adapter adapter,
                AdamW optimizer,
                PictureFeatures pictures,
                BatchLearner learner,
                Checkpoint checkpoint,
                long steps) {
            this.set = set;
            this.dataFile = dataFile;
            this.refresh = refresh;
            this.adapter = adapter;
            this.optimizer = optimizer;
            this.pictures = pictures;
            this.learner = learner;
            this.checkpoint = checkpoint;
            this.steps = steps;
        }

        /** Phase by phase: what was explored first, then what each refresh explored. */
        void through(List<TrainingQuestion> first, Metrics metrics, Progress progress) {
            List<TrainingQuestion> questions = first;
            for (int phase = 0; phase <= settings.refresh(); phase++) {
                long from = start(phase);
                long to = start(phase + 1);
                if (optimizer.steps() >= to) {
                    continue;
                }
                if (phase > 0) {
                    save();
                    questions = refreshed(phase, first);
                }
                Order order = new Order(questions.size(), seed + phase);
                while (optimizer.steps() < to) {
                    step(questions, order.batch(optimizer.steps() - from, settings.batch()), metrics);
                    saveIfLongAgo();
                    tell(progress);
                }
            }
            save();
        }

        /** Whoever stops the work here finds it again at this step. */
        private void tell(Progress progress) {
            try {
                progress.at("train " + settings.method().name().toLowerCase(Locale.ROOT), optimizer.steps(), steps, "");
            } catch (CancellationException e) {
                save();
                throw e;
            }
        }

        private void saveIfLongAgo() {
            if (System.nanoTime() - saved > BETWEEN_CHECKPOINTS.toNanos()) {
                save();
            }
        }

        private void save() {
            checkpoint.save(adapter.parameters(), optimizer);
            saved = System.nanoTime();
        }

        private long start(int phase) {
            return steps * phase / (settings.refresh() + 1);
        }

        /** What the current model explores; what the first exploration found, where that is nothing of use. */
        private List<TrainingQuestion> refreshed(int phase, List<TrainingQuestion> first) {
            base.clear();
            // Kept, since a training resumed later in this phase has another adapter by then.
            Path kept = checkpoint.file().resolveSibling("refresh-" + phase + ".jsonl");
            if (!Files.exists(kept)) {
                TreeFile.write(kept, refresh.explore(phase, adapter));
            }
            List<TrainingQuestion> again = set.of(TreeFile.read(kept), dataFile);
            return again.isEmpty() ? first : again;
        }

        private void step(List<TrainingQuestion> questions, List<Integer> batch, Metrics metrics) {
            double rate = new LearningRate(settings, steps).at(optimizer.steps());
            Evaluation sum;
            double norm;
            try (Gradients gradients = new Gradients(adapter.parameters())) {
                sum = learn(batch.stream().map(questions::get).toList(), gradients);
                norm = optimizer.step(rate, gradients.flat());
            }
            if (!Double.isFinite(norm) || !Double.isFinite(sum.loss())) {
                throw new InputException("The training diverged at step " + optimizer.steps() + " (loss " + sum.loss()
                        + ", gradient norm " + norm + "): lower the learning rate " + settings.learningRate() + ".");
            }
            double epoch = (double) optimizer.steps() * settings.epochs() / steps;
            metrics.step(optimizer.steps(), epoch, batch.size(), sum, norm, rate);
        }

        private Evaluation learn(List<TrainingQuestion> batch, Gradients gradients) {
            try (PointerScope scope = new PointerScope()) {
                List<BatchLearner.Job> jobs = batch.stream().map(this::job).toList();
                return learner.learn(jobs, adapter, 1.0 / batch.size(), gradients);
            } finally {
                pictures.trim();
            }
        }

        private BatchLearner.Job job(TrainingQuestion question) {
            PictureFeatures.Shown shown = pictures.of(question.images());
            return new BatchLearner.Job(
                    question.objective(() -> base.computeIfAbsent(
                            question.id(),
                            id -> scorer.score(question.tree(), shown.pictures(), shown.features(), Deltas.NONE))),
                    shown.pictures(),
                    shown.features());
        }
    }

    /** No refresh. */
    public static Refresh never() {
        return (round, current) -> List.of();
    }
}
