package org.espalier.srpo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.Cut;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Risk;
import org.espalier.core.Verifier;
import org.espalier.core.file.Json;
import org.espalier.core.settings.Settings;
import org.espalier.model.LoadedModel;
import org.espalier.model.decoder.Projection;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.model.lora.LoraSettings;
import org.espalier.model.lora.Targets;
import org.espalier.srpo.group.Joining;
import org.espalier.srpo.group.Meeting;
import org.espalier.srpo.group.Membership;
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.LossAndGradient;
import org.espalier.srpo.objective.Losses;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objectives;
import org.espalier.srpo.objective.Rewarded;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.tensor.Device;
import org.espalier.tensor.NativeThreads;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Training the greenhouse's model on four questions about one picture, whose trees are written by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainerTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root", ".."));
    /** Pictures lie beside it; it is not read. */
    private static final Path DATA = ROOT.resolve(Path.of("fixtures", "qwen2_5_vl", "ssui.jsonl"));

    private static final List<PathTree> TREES = IntStream.range(0, 4)
            .mapToObj(i -> tree(
                    "q" + i, List.of("a candle", "a book", "a cup", "a knife").get(i)))
            .toList();

    @TempDir
    static Path folder;

    private LoadedModel model;

    @BeforeAll
    void open() {
        model = LoadedModel.open(ROOT.resolve(Path.of("greenhouse", "model")), Device.CPU);
    }

    @AfterAll
    void close() {
        model.close();
    }

    private static PathTree tree(String id, String thing) {
        List<String> steps = List.of("I see " + thing + ".", "It is near the bed.", "So the answer is no.");
        Continuation path = continuation(String.join("\n", steps));
        return new PathTree(
                id,
                "image_0.png",
                "May I leave " + thing + " here?",
                "no",
                Optional.empty(),
                List.of(),
                true,
                List.of("There is " + thing + " in the picture.", "So the answer is no."),
                Optional.of(new PathTree.Trunk(OptionalInt.of(0), path, steps)),
                List.of(new PathTree.Attempt(0, path, steps, Verifier.Verdict.CORRECT)),
                List.of(
                        branch(steps, 1, 0, List.of("It may burn.", "So the answer is no."), true),
                        branch(steps, 1, 1, List.of("It looks nice.", "So the answer is yes."), false),
                        branch(steps, 1, 2, List.of("Nobody minds it.", "So the answer is yes."), false)),
                new PathTree.Outcome(PathTree.Outcome.Kind.PAIRED, ""),
                new PathTree.Origin("", "", "", 0, 0.5));
    }

    private static Branch branch(List<String> trunk, int shared, int sample, List<String> steps, boolean correct) {
        int chars = trunk.subList(0, shared).stream()
                .mapToInt(step -> step.length() + 1)
                .sum();
        return new Branch(
                shared,
                new Cut(0, chars),
                sample,
                continuation(String.join("\n", steps)),
                steps,
                correct ? Verifier.Verdict.CORRECT : Verifier.Verdict.wrong("yes"));
    }

    private static Continuation continuation(String text) {
        return new Continuation(text, List.of(), List.of(), Continuation.End.FINISHED);
    }

    /** Batches of four: as many steps as epochs. */
    private static TrainSettings settings(Objective objective, int epochs) {
        return TrainSettings.PAPER
                .withObjective(objective)
                .withLora(new LoraSettings(4, 8, 0, Targets.LANGUAGE_MODEL.words()))
                .withLearningRate(LearningRate.constant(objective.name().equals("dpo") ? 3e-4 : 2e-3))
                .withBatch(4)
                .withEpochs(epochs);
    }

    private void train(TrainSettings settings, Path run, Trainer.Refresh refresh, Progress progress) {
        new Trainer(model, settings, 3).train(TREES, DATA, run, "base", refresh, progress);
    }

    private List<JsonNode> trained(Objective objective, int epochs) throws IOException {
        return trained(objective, epochs, Files.createTempDirectory(folder, "run"));
    }

    private List<JsonNode> trained(Objective objective, int epochs, Path run) throws IOException {
        train(settings(objective, epochs), run, Trainer.Refresh.NEVER, Progress.SILENT);
        return metrics(run);
    }

    private static List<JsonNode> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(Json::parse)
                .toList();
    }

    static List<Objective> objectives() {
        List<Objective> all = new ArrayList<>(Objectives.PAPER);
        all.addAll(List.of(new Rewarded(-0.5), new Anchored(1e-3), new Centred()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void everyObjectiveLowersItsLoss(Objective objective) throws IOException {
        Path run = folder.resolve("lowers-" + objective.name());
        List<JsonNode> lines = trained(objective, 12, run);

        assertThat(lines).hasSize(12);
        // The mean over a batch of what is measured from its mean is nought, whatever is learned.
        String figure = objective instanceof Centred ? "nll" : "loss";
        assertThat(lines.get(11).path(figure).asDouble())
                .isLessThan(lines.getFirst().path(figure).asDouble());
        try (Adapter adapter = AdapterFiles.read(run.resolve("adapter"), model.config(), model.placement())) {
            assertThat(adapter.parameters().views()).hasSize(2 * 7 * 3);
        }
    }

    @Test
    void anObjectiveWeighsEveryBranchAndTellsFiguresOfItsOwn() throws IOException {
        List<JsonNode> lines = trained(new Rewarded(-0.5), 12);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("reward").asDouble())
                        .isCloseTo(-line.path("loss").asDouble(), within(1e-9)));
    }

    @Test
    void unsafeAndSafeQuestionsCountTheSameWhereTheyAreBalanced() throws IOException {
        TrainSettings even = settings(Srpo.PAPER, 1);
        List<PathTree> trees = IntStream.range(0, 4)
                .mapToObj(i -> withRisk(TREES.get(i), i < 3 ? Risk.UNSAFE : Risk.SAFE))
                .toList();
        // Two steps of as many copies of the one safe question as there are unsafe ones.
        List<PathTree> copied = new ArrayList<>(trees);
        copied.addAll(List.of(trees.get(3), trees.get(3)));
        List<Double> equal = losses(even.withBatch(6), copied);

        assertThat(losses(Settings.with(even, "balance", true), trees).get(1)).isCloseTo(equal.get(1), within(1e-4));
        assertThat(losses(Settings.with(even, "balance", true), trees).get(0)).isCloseTo(equal.get(0), within(1e-4));
        assertThat(Math.abs(losses(even, trees).get(1) - equal.get(1))).isGreaterThan(1e-3);
        // Nothing is known of these.
        assertThat(losses(Settings.with(even, "balance", true), TREES)).isEqualTo(losses(even, TREES));
    }

    private List<Double> losses(TrainSettings settings, List<PathTree> trees) throws IOException {
        Path run = Files.createTempDirectory(folder, "loss");
        new Trainer(model, settings.withEpochs(2), 3)
                .train(trees, DATA, run, "base", Trainer.Refresh.NEVER, Progress.SILENT);
        return metrics(run).stream().map(line -> line.path("loss").asDouble()).toList();
    }

    private static PathTree withRisk(PathTree tree, Risk risk) {
        return new PathTree(
                tree.id(),
                tree.image(),
                tree.query(),
                tree.answer(),
                Optional.of(risk),
                tree.demonstrations(),
                tree.demonstrationPictures(),
                tree.reference(),
                tree.trunk(),
                tree.attempts(),
                tree.branches(),
                tree.outcome(),
                tree.origin());
    }

    /** Supervised, held to the base model by the square of the distance of the paths' log-probabilities. */
    private record Anchored(double strength) implements Objective {
        @Override
        public String name() {
            return "anchored";
        }

        @Override
        public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
            return Optional.of(new TokenTree(
                    tokens.prompt(), new int[0], List.of(new TokenTree.Leaf(0, tokens.reference())), false));
        }

        @Override
        public Set<Need> needs() {
            return Set.of(Need.BASE);
        }

        @Override
        public Evaluation evaluate(Scores scores) {
            double distance =
                    Losses.sum(scores.path(0)) - Losses.sum(scores.base().getFirst());
            double[] pull = new double[scores.path(0).length];
            Arrays.fill(pull, 2 * distance);
            return scores.terms()
                    .single(0, Losses.tokenMean(scores.path(0)), 1)
                    .single(0, new LossAndGradient(distance * distance, List.of(pull)), strength)
                    .metric("distance", distance)
                    .evaluation();
        }
    }

    @Test
    void anObjectiveIsGivenTheBaseModelsScores() throws IOException {
        List<JsonNode> free = trained(new Anchored(0), 12);
        List<JsonNode> held = trained(new Anchored(0.1), 12);
        // The adapter changes nothing yet.
        assertThat(held.getFirst().path("distance").asDouble()).isCloseTo(0, within(1e-4));
        double far = Math.abs(free.getLast().path("distance").asDouble());
        assertThat(far).isGreaterThan(1);
        assertThat(Math.abs(held.getLast().path("distance").asDouble())).isLessThan(far / 2);
    }

    /** The likelihood of a question's reference path, measured from the mean over the batch. */
    private record Centred() implements Objective {
        @Override
        public String name() {
            return "centred";
        }

        @Override
        public Optional<TokenTree> select(PathTree question, PathTokens tokens, SplittableRandom random) {
            return new Anchored(0).select(question, tokens, random);
        }

        @Override
        public Set<Need> needs() {
            return Set.of(Need.BATCH);
        }

        @Override
        public Evaluation evaluate(Scores scores) {
            assertThat(scores.batch()).hasSize(4).anySatisfy(other -> {
                assertThat(other.tree()).isSameAs(scores.tree());
                assertThat(other.path(0)).containsExactly(scores.path(0), within(1e-4));
            });
            double mean = scores.batch().stream()
                    .mapToDouble(other -> Losses.tokenMean(other.path(0)).loss())
                    .average()
                    .orElseThrow();
            double own = Losses.tokenMean(scores.path(0)).loss();
            LossAndGradient fromMean = new LossAndGradient(
                    own - mean, Losses.tokenMean(scores.path(0)).gradients());
            return scores.terms().single(0, fromMean, 1).metric("nll", own).evaluation();
        }
    }

    @Test
    void anObjectiveIsGivenTheScoresOfTheBatch() throws IOException {
        assertThat(trained(new Centred(), 3))
                .allSatisfy(line -> assertThat(line.path("loss").asDouble()).isCloseTo(0, within(1e-5)));
    }

    @Test
    void resumesWithTheSameNumbersAfterItWasStopped() throws IOException {
        TrainSettings settings = Settings.with(settings(Srpo.PAPER, 12), "refresh", 1);
        Path whole = folder.resolve("whole");
        train(settings, whole, this::refreshed, Progress.SILENT);
        Path stopped = folder.resolve("stopped");
        Progress stop = (name, done, total, note) -> {
            if (done == 11) {
                throw new CancellationException();
            }
        };
        assertThatThrownBy(() -> train(settings, stopped, this::refreshed, stop))
                .isInstanceOf(CancellationException.class);
        assertThat(Files.exists(stopped.resolve("adapter"))).isFalse();
        // What was explored again is kept: nobody is asked a second time.
        train(settings, stopped, Trainer.Refresh.NEVER, Progress.SILENT);
        assertThat(Files.readString(stopped.resolve("metrics.jsonl")))
                .isEqualTo(Files.readString(whole.resolve("metrics.jsonl")));
        for (String file : List.of("adapter_model.safetensors", "adapter_config.json")) {
            assertThat(Files.readAllBytes(stopped.resolve("adapter").resolve(file)))
                    .isEqualTo(Files.readAllBytes(whole.resolve("adapter").resolve(file)));
        }
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void severalProcessesGiveTheBytesOfOne(Objective objective) throws Exception {
        TrainSettings settings = Settings.with(settings(objective, 4), "refresh", 1);
        Path alone = folder.resolve("alone-" + objective.name());
        try (NativeThreads one = NativeThreads.of(1)) {
            trainAs(ProcessGroup.alone(), settings, alone);
            for (int size : List.of(2, 3)) {
                Path together = folder.resolve(size + "-" + objective.name());
                trainTogether(size, settings, together);

                for (String file : List.of("metrics.jsonl", "refresh-1.jsonl", "adapter/adapter_model.safetensors")) {
                    assertThat(together.resolve(file)).hasSameBinaryContentAs(alone.resolve(file));
                }
            }
        }
    }

    /** Each process of the group in a thread of its own. */
    private void trainTogether(int size, TrainSettings settings, Path run) throws Exception {
        Optional<String> secret = Optional.of("a secret");
        try (ExecutorService threads = Executors.newCachedThreadPool();
                Meeting meeting = Meeting.open("127.0.0.1", 0, size, secret)) {
            List<Future<?>> others = new ArrayList<>();
            for (int rank = 1; rank < size; rank++) {
                Membership self = new Membership(rank, size, rank, size, "127.0.0.1", meeting.port(), secret, true);
                others.add(threads.submit(() -> {
                    try (ProcessGroup group = Joining.join(self)) {
                        trainAs(group, settings, run.resolveSibling("nothing"));
                    }
                }));
            }
            try (ProcessGroup group = meeting.all(Progress.SILENT, () -> {})) {
                trainAs(group, settings, run);
            }
            for (Future<?> other : others) {
                other.get();
            }
        }
        assertThat(run.resolveSibling("nothing")).doesNotExist();
    }

    private void trainAs(ProcessGroup group, TrainSettings settings, Path run) {
        new Trainer(model, settings, 3, Optional.empty(), new Parallelism(group, OptionalInt.of(1), group.size()))
                .train(TREES, DATA, run, "base", this::refreshed, Progress.SILENT);
    }

    private void trainOn(Path start, TrainSettings settings, String run) {
        new Trainer(model, settings, 3, Optional.of(start))
                .train(TREES, DATA, folder.resolve(run), "base", Trainer.Refresh.NEVER, Progress.SILENT);
    }

    @Test
    void aSecondStageTrainsAnAdapterOn() throws IOException {
        Path first = folder.resolve("first");
        List<JsonNode> before = trained(Sft.PAPER, 6, first);
        trainOn(first.resolve("adapter"), settings(Sft.PAPER, 2), "second");

        List<JsonNode> after = metrics(folder.resolve("second"));
        assertThat(after.getFirst().path("loss").asDouble())
                .isLessThan(before.getLast().path("loss").asDouble());
        assertThatThrownBy(() -> trainOn(
                        first.resolve("adapter"),
                        settings(Sft.PAPER, 2).withLora(new LoraSettings(8, 8, 0, Targets.LANGUAGE_MODEL.words())),
                        "other"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has rank 4, alpha 8.0, 21 layers, and this training rank 8");
    }

    @Test
    void dpoMeasuresFromTheAdapterThatItBeganWith() throws IOException {
        Path first = folder.resolve("first");
        trained(Sft.PAPER, 6, first);
        trainOn(first.resolve("adapter"), settings(Dpo.PAPER, 1), "second");

        assertThat(metrics(folder.resolve("second")).getFirst().path("loss").asDouble())
                .as("no path is likelier yet than it was")
                .isCloseTo(Math.log(2), within(1e-6));
    }

    @Test
    void aStateOfWhichABitWasTurnedIsRefused() throws IOException {
        TrainSettings settings = settings(Srpo.PAPER, 2);
        Path run = folder.resolve("turned");
        train(settings, run, Trainer.Refresh.NEVER, Progress.SILENT);
        Path state = run.resolve("checkpoint.safetensors");
        byte[] sound = Files.readAllBytes(state);
        for (int from : List.of(sound.length - 1, sound.length / 2)) {
            byte[] turned = sound.clone();
            turned[from] ^= 4;
            Files.write(state, turned);

            assertThatThrownBy(() -> train(settings, run, Trainer.Refresh.NEVER, Progress.SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("checkpoint.safetensors is not what was written (its checksum differs)");
        }
        Files.write(state, Arrays.copyOf(sound, sound.length / 2));
        assertThatThrownBy(() -> train(settings, run, Trainer.Refresh.NEVER, Progress.SILENT))
                .hasMessageContaining("checkpoint.safetensors is no sound safetensors file")
                .hasMessageEndingWith("get the file again, or delete it to begin the training anew");
        Files.write(state, sound);
        train(settings, run, Trainer.Refresh.NEVER, Progress.SILENT);
    }

    /** Of the first tree, as this model would have drawn it; {@code change} makes the tokens of a branch. */
    private PathTree drawn(java.util.function.UnaryOperator<List<Integer>> change) {
        PathTree tree = TREES.getFirst();
        PathTree.Trunk trunk = tree.trunk().orElseThrow();
        Continuation path = drawn(trunk.path().text(), java.util.function.UnaryOperator.identity());
        List<Branch> branches = tree.branches().stream()
                .map(branch -> new Branch(
                        branch.sharedSteps(),
                        model.tokenizer()
                                .cuts(
                                        path.text(),
                                        path.tokens(),
                                        List.of(branch.cut().chars()))
                                .getFirst(),
                        branch.sample(),
                        drawn(
                                branch.continuation().text(),
                                branch.sample() == 1 ? change : java.util.function.UnaryOperator.identity()),
                        branch.steps(),
                        branch.verdict()))
                .toList();
        return new PathTree(
                tree.id(),
                tree.image(),
                tree.query(),
                tree.answer(),
                tree.risk(),
                List.of(),
                true,
                tree.reference(),
                Optional.of(new PathTree.Trunk(trunk.sample(), path, trunk.steps())),
                List.of(new PathTree.Attempt(0, path, trunk.steps(), Verifier.Verdict.CORRECT)),
                branches,
                tree.outcome(),
                new PathTree.Origin("", model.tokenizer().sha256(), "", 0, 0.5));
    }

    private Continuation drawn(String text, java.util.function.UnaryOperator<List<Integer>> change) {
        List<Integer> tokens = new ArrayList<>(
                Arrays.stream(model.tokenizer().encode(text)).boxed().toList());
        tokens.add(model.chat().end());
        return new Continuation(text, change.apply(tokens), List.of(), Continuation.End.FINISHED);
    }

    private void trainOn(PathTree tree, String name) {
        new Trainer(model, settings(Srpo.PAPER, 1), 3)
                .train(List.of(tree), DATA, folder.resolve(name), "base", Trainer.Refresh.NEVER, Progress.SILENT);
    }

    @Test
    void aTextThatIsNotThatOfItsTokensIsRefused() {
        trainOn(drawn(java.util.function.UnaryOperator.identity()), "drawn");
        int[] other = model.tokenizer().encode("Another text.");

        assertThatThrownBy(() ->
                        trainOn(drawn(tokens -> Arrays.stream(other).boxed().toList()), "other"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "the tree of question q0: branches[1] has tokens of another text than it shows: the file was"
                                + " changed; explore again");
        assertThatThrownBy(() -> {
                    PathTree tree = drawn(java.util.function.UnaryOperator.identity());
                    Branch moved = tree.branches().getFirst();
                    List<Branch> branches = new ArrayList<>(tree.branches());
                    branches.set(
                            0,
                            new Branch(
                                    moved.sharedSteps(),
                                    new Cut(1, moved.cut().chars()),
                                    moved.sample(),
                                    moved.continuation(),
                                    moved.steps(),
                                    moved.verdict()));
                    trainOn(
                            new PathTree(
                                    tree.id(),
                                    tree.image(),
                                    tree.query(),
                                    tree.answer(),
                                    tree.risk(),
                                    List.of(),
                                    true,
                                    tree.reference(),
                                    tree.trunk(),
                                    tree.attempts(),
                                    branches,
                                    tree.outcome(),
                                    tree.origin()),
                            "moved");
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("branches[0].cut has tokens of another text");
    }

    /** At temperature 1 a model draws one now and then; it used to end the training in libtorch. */
    @Test
    void aPathThatHoldsThePictureTokenIsTrainedOnByItsText() {
        trainOn(
                drawn(tokens -> {
                    List<Integer> with = new ArrayList<>(tokens);
                    with.add(1, model.chat().image());
                    return with;
                }),
                "pictured");

        assertThat(folder.resolve("pictured").resolve("adapter")).isDirectory();
    }

    /** Half of the questions, by an adapter that has moved by then. */
    private List<PathTree> refreshed(int round, org.espalier.model.decoder.Deltas current) {
        assertThat(round).isEqualTo(1);
        float[] b = model.placement()
                .floats(current.of(0, Projection.DOWN).orElseThrow().b());
        assertThat(IntStream.range(0, b.length).mapToDouble(i -> Math.abs(b[i])).sum())
                .isPositive();
        return TREES.subList(0, 2);
    }

    @Test
    void refusesTreesThatAnObjectiveCannotUse() {
        List<PathTree> none = TREES.stream()
                .map(tree -> new PathTree(
                        tree.id(),
                        tree.image(),
                        tree.query(),
                        tree.answer(),
                        tree.risk(),
                        List.of(),
                        true,
                        tree.reference(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        new PathTree.Outcome(PathTree.Outcome.Kind.NO_TRUNK, "none"),
                        tree.origin()))
                .toList();
        assertThatThrownBy(() -> new Trainer(model, settings(Dpo.PAPER, 1), 1)
                        .train(none, DATA, folder.resolve("none"), "base", Trainer.Refresh.NEVER, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessage("None of the 4 questions can be used by dpo: it needs a correct and an incorrect path"
                        + " of the same question.");
    }

    @Test
    void countsWhatAnObjectiveCannotUse() {
        PathTree half = new PathTree(
                "half",
                TREES.getFirst().image(),
                TREES.getFirst().query(),
                "no",
                Optional.empty(),
                List.of(),
                true,
                TREES.getFirst().reference(),
                Optional.empty(),
                List.of(),
                List.of(),
                new PathTree.Outcome(PathTree.Outcome.Kind.NO_TRUNK, "none"),
                TREES.getFirst().origin());
        List<PathTree> trees = List.of(half, TREES.get(1), TREES.get(2));

        TrainingSet dpo = TrainingSet.of(Dpo.PAPER, trees, DATA, model.folder(), 3);
        assertThat(dpo.unusable()).isEqualTo(1);
        assertThat(dpo.questions()).extracting(TrainingSet.TrainingQuestion::id).containsExactly("q1", "q2");
        assertThat(dpo.extent().questions()).isEqualTo(2);
        assertThat(dpo.extent().paths()).isEqualTo(2);
        assertThat(TrainingSet.of(Srpo.PAPER, trees, DATA, model.folder(), 3).unusable())
                .isZero();
        // What is drawn for a question does not depend on the others.
        TokenTree alone = TrainingSet.of(Dpo.PAPER, trees.subList(2, 3), DATA, model.folder(), 3)
                .questions()
                .getFirst()
                .tree();
        TokenTree among = dpo.questions().get(1).tree();
        assertThat(alone.stem()).isEqualTo(among.stem());
        assertThat(alone.leaves().get(1).tokens())
                .isEqualTo(among.leaves().get(1).tokens());
    }
}
