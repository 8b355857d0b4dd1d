package org.espalier.srpo.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Seed;
import org.espalier.core.SurroundingsException;
import org.espalier.core.Turn;
import org.espalier.core.file.TreeFile;
import org.espalier.model.DamagedWeights;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.train.BatchGradient.Item;
import org.espalier.srpo.train.TrainingSet.TrainingQuestion;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;

/**
 * Trains an adapter on explored trees by any {@link Objective}. Resumes from the last state in its folder with the same
 * numbers as if it had never stopped. {@code docs/walkthrough.md} follows one question from here to the adapter.
 */
public final class Trainer {
    /** Explores again with the model as it stands (an option of ours; the paper explores once, with the base model). */
    @FunctionalInterface
    public interface Refresh {
        /** For a training that explores once. */
        Refresh NEVER = (round, current) -> List.of();

        /**
         * Explores.
         *
         * @param round from 1
         * @param current the adapter so far
         */
        List<PathTree> explore(int round, Deltas current);
    }

    /** Between saved states, at least one step: what a kill may cost. */
    private static final Duration BETWEEN_STATES = Duration.ofSeconds(10);

    /** Bytes of pictures' features that are kept: a question comes again every epoch, its pictures as they were. */
    private static final long FEATURES = 512L << 20;

    private final LoadedModel model;
    private final TrainSettings settings;
    private final long seed;
    private final Optional<Path> start;
    private final Parallelism parallelism;

    /** A trainer that begins with an adapter that changes nothing. */
    public Trainer(LoadedModel model, TrainSettings settings, long seed) {
        this(model, settings, seed, Optional.empty());
    }

    /**
     * A trainer.
     *
     * @param model stays the caller's
     * @param seed of the adapter's first values, the order of questions and what an objective draws
     * @param start the folder of the adapter that is trained on, of the settings' rank, scale and targets; it is the
     *     base model's part too where an objective asks for that ({@link Objective.Need#BASE})
     */
    public Trainer(LoadedModel model, TrainSettings settings, long seed, Optional<Path> start) {
        this(model, settings, seed, start, Parallelism.USUAL);
    }

    /**
     * A trainer that is one of several processes, or has a certain number of threads.
     *
     * @param parallelism whose threads the caller has given to the native libraries; its group stays the caller's
     */
    public Trainer(
            LoadedModel model, TrainSettings settings, long seed, Optional<Path> start, Parallelism parallelism) {
        this.model = model;
        this.settings = settings;
        this.seed = seed;
        this.start = start;
        this.parallelism = parallelism;
    }

    /** The adapter as a training begins with it. */
    private Adapter beginning() {
        Adapter fresh = Adapter.fresh(settings.lora(), model.config(), model.placement(), seed);
        if (start.isEmpty()) {
            return fresh;
        }
        try (fresh) {
            Adapter read = AdapterFiles.read(start.get(), model.config(), model.placement());
            if (read.config().equals(fresh.config().with(read.config().dora()))
                    && Set.copyOf(read.modules()).equals(Set.copyOf(fresh.modules()))) {
                return read;
            }
            String was = shape(read);
            read.close();
            throw new InputException("The adapter " + start.get() + " has " + was + ", and this training "
                    + shape(fresh) + ": set 'rank', 'alpha' and 'targets' to the adapter's.");
        }
    }

    private static String shape(Adapter adapter) {
        return "rank " + adapter.config().rank() + ", alpha " + adapter.config().alpha() + ", "
                + adapter.modules().size() + " layers";
    }

    /**
     * Trains and writes {@code adapter/}, {@code metrics.jsonl}, {@code tensorboard/} and {@code checkpoint.safetensors}. Of
     * several processes the first writes, and explores; the others read what they are given of it.
     *
     * @param dataFile the data file whose folder the trees' pictures lie below
     * @param baseModel name of the base model, for the adapter's configuration
     * @param refresh asked {@code settings.refresh()} times, at equal distances
     * @return the number of questions that the objective could use
     * @throws InputException if no question can be used, or the loss is no longer a number
     * @throws org.espalier.core.SurroundingsException if a question takes more memory than there is, before anything is
     *     computed
     */
    public int train(
            List<PathTree> trees, Path dataFile, Path folder, String baseModel, Refresh refresh, Progress progress) {
        return train(trees, TrainingSet.asked(dataFile), folder, baseModel, refresh, progress);
    }

    /**
     * The same on questions that may be whole conversations.
     *
     * @param prompts what stands before the paths of a question
     */
    public int train(
            List<PathTree> trees,
            Function<PathTree, List<Turn>> prompts,
            Path folder,
            String baseModel,
            Refresh refresh,
            Progress progress) {
        List<TrainingQuestion> explored = questions(trees, prompts);
        Objective objective = settings.objective();
        if (explored.isEmpty()) {
            throw new InputException("None of the " + trees.size() + " questions can be used by " + objective.name()
                    + ": it needs " + objective.requirement() + ".");
        }
        new MemoryCheck(model, model.placement().room(parallelism.here())).require(explored);
        try (Run run = new Run(settings.steps(explored.size()), folder)) {
            run.resume();
            List<TrainingQuestion> questions = explored;
            for (int phase = 0; phase <= settings.refresh(); phase++) {
                if (phase > 0 && run.isBefore(phase + 1)) {
                    List<TrainingQuestion> again = questions(run.exploredAgain(phase, refresh), prompts);
                    questions = again.isEmpty() ? explored : again;
                }
                run.phase(phase, questions, progress);
            }
            if (group().first()) {
                run.save();
                AdapterFiles.write(run.adapter, folder.resolve("adapter"), baseModel);
            }
        }
        return explored.size();
    }

    private ProcessGroup group() {
        return parallelism.group();
    }

    private List<TrainingQuestion> questions(List<PathTree> trees, Function<PathTree, List<Turn>> prompts) {
        TrainingSet set = TrainingSet.of(settings.objective(), trees, prompts, model.folder(), seed);
        return (settings.balance() ? set.balanced() : set).questions();
    }

    /** One training on its way. A phase is what is trained between two explorations. */
    private final class Run implements AutoCloseable {
        private final long steps;
        private final Path folder;
        private final Adapter adapter;
        /** What it began as; empty where that changed nothing. */
        private final Optional<Adapter> beginning;

        private final AdamW optimizer;
        private final PictureFeatures pictures;
        private final BatchGradient gradient;
        private final GradientExchange exchange;
        private final TrainingState state;
        private Optional<MetricsFile> metrics = Optional.empty();
        /** Log-probabilities by the base model, by the question's id. */
        private final Map<String, List<double[]>> base = new HashMap<>();

        private long saved = System.nanoTime();
        /** The steps of which {@code metrics.jsonl} tells. */
        private long told;

        Run(long steps, Path folder) {
            this.steps = steps;
            this.folder = folder;
            this.adapter = beginning();
            this.beginning = start.filter(_ -> settings.objective().needs().contains(Objective.Need.BASE))
                    .map(_ -> beginning());
            this.optimizer = new AdamW(adapter.parameters(), settings.optimizer());
            this.pictures = PictureFeatures.toTrain(model, FEATURES, adapter);
            this.gradient = new BatchGradient(model.model(), settings.objective(), parallelism);
            this.exchange = new GradientExchange(group());
            this.state = new TrainingState(folder.resolve("checkpoint.safetensors"));
        }

        /** Goes on after the steps that were done before. */
        void resume() {
            if (group().first()) {
                state.restore(adapter.parameters(), optimizer);
                metrics = Optional.of(MetricsFile.open(folder, optimizer.steps()));
            }
            long done = exchange.share(optimizer.steps());
            if (!group().first()) {
                // Only the first process steps, so that the others need no moments.
                optimizer.restore(done, optimizer.firstMoment(), optimizer.secondMoment());
            }
            told = done;
            exchange.share(adapter.parameters());
        }

        boolean isBefore(int phase) {
            return optimizer.steps() < firstStep(phase);
        }

        private long firstStep(int phase) {
            return steps * phase / (settings.refresh() + 1);
        }

        void phase(int phase, List<TrainingQuestion> questions, Progress progress) {
            QuestionOrder order = new QuestionOrder(questions.size(), Seed.of(seed, "order of questions", phase));
            while (isBefore(phase + 1)) {
                long number = optimizer.steps() - firstStep(phase);
                List<TrainingQuestion> batch = order.batch(number, settings.batch()).stream()
                        .map(questions::get)
                        .toList();
                stepOrSave(batch);
                if (System.nanoTime() - saved > BETWEEN_STATES.toNanos()) {
                    save();
                }
                tell(progress);
            }
        }

        /** Where another process was lost, what was done together before is kept. */
        private void stepOrSave(List<TrainingQuestion> batch) {
            try {
                step(batch);
            } catch (SurroundingsException e) {
                if (group().size() > 1 && metrics.isPresent() && told == optimizer.steps()) {
                    save();
                }
                throw e;
            }
        }

        private void step(List<TrainingQuestion> batch) {
            try (PointerScope scope = new PointerScope();
                    Gradients sum = new Gradients(adapter.parameters())) {
                List<TokenTree> trees =
                        batch.stream().map(TrainingQuestion::tree).toList();
                Objective.Metrics total = gradient.addTo(sum, trees, i -> item(batch.get(i)), adapter);
                if (group().first()) {
                    move(sum, total, batch.size());
                } else {
                    optimizer.follow();
                }
                exchange.share(adapter.parameters());
            } finally {
                pictures.trim();
            }
        }

        private void move(Gradients sum, Objective.Metrics total, int questions) {
            double rate = settings.learningRate().at(optimizer.steps(), steps);
            double norm = optimizer.step(rate, sum.flat());
            requireFinite(total.loss() / questions, norm);
            double epoch = (double) optimizer.steps() * settings.epochs() / steps;
            metrics.ifPresent(file -> file.step(optimizer.steps(), epoch, questions, total, norm, rate));
            told = optimizer.steps();
        }

        private Item item(TrainingQuestion question) {
            Shown shown = pictures.of(question.images());
            List<double[]> ofBase = settings.objective().needs().contains(Objective.Need.BASE)
                    ? base.computeIfAbsent(
                            question.id(), _ -> TreePass.score(model.model(), question.tree(), shown, baseDeltas()))
                    : List.of();
            return new Item(question.id(), question.tree(), question.weight(), shown, ofBase);
        }

        private Deltas baseDeltas() {
            return beginning.isPresent() ? beginning.get() : Deltas.NONE;
        }

        private void requireFinite(double loss, double norm) {
            if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
                DamagedWeights.of(model.folder().path()).ifPresent(damage -> {
                    throw new InputException("The model cannot be trained: " + damage + ": get the file again.");
                });
                throw new InputException("The training diverged at step " + optimizer.steps() + " (loss " + loss
                        + ", gradient norm " + norm + "): lower the learning rate "
                        + settings.learningRate().learningRate() + ".");
            }
        }

        /** Whoever stops the work here finds it again at this step. */
        private void tell(Progress progress) {
            try {
                progress.at("train " + settings.objective().name(), optimizer.steps(), steps, gradient.note());
            } catch (CancellationException e) {
                save();
                throw e;
            }
        }

        void save() {
            if (group().first()) {
                state.save(adapter.parameters(), optimizer);
            }
            saved = System.nanoTime();
        }

        /** What the current model explores. Kept, since a training resumed later in this phase has another adapter. */
        List<PathTree> exploredAgain(int phase, Refresh refresh) {
            save();
            base.clear();
            Path kept = folder.resolve("refresh-" + phase + ".jsonl");
            if (!group().first()) {
                String text = new String(group().broadcast(new byte[0]), StandardCharsets.UTF_8);
                return TreeFile.parse(kept, text);
            }
            if (!Files.exists(kept)) {
                TreeFile.write(kept, refresh.explore(phase, adapter));
            }
            List<PathTree> trees = TreeFile.read(kept);
            if (group().size() > 1) {
                group().broadcast(TreeFile.text(trees).getBytes(StandardCharsets.UTF_8));
            }
            return trees;
        }

        @Override
        public void close() {
            gradient.close();
            pictures.close();
            optimizer.close();
            adapter.close();
            beginning.ifPresent(Adapter::close);
            metrics.ifPresent(MetricsFile::close);
        }
    }
}
