package org.espalier.workflow.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Seed;
import org.espalier.core.cost.CostForecast;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Resolved;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.Explorer;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.Trainer;
import org.espalier.srpo.train.TrainingSet;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.explore.ExploredRun;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.internal.LocalCost;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.RunPlans;

/**
 * The training of an adapter on explored trees (Eq. 5-9, and the baselines):
 * {@code AdapterTraining.of(model, explored, out).with(TrainSettings.PAPER.withEpochs(1)).run(Progress.SILENT).adapter()}.
 *
 * @param trees the folder of an exploration
 * @param data the explored file; empty where the exploration found it
 * @param start the adapter that is trained on; empty for one that changes nothing
 * @param out the folder of the run; the same training resumes there
 * @param anyLicence whether data whose terms forbid training are trained on too
 * @param verifier where the training explores again
 * @param seed names every random number
 * @param explore how it explores again
 * @param placement where the model is computed; the adapter is trained in float32 at least
 */
public record AdapterTraining(
        Path model,
        Path trees,
        Optional<Path> data,
        Optional<Path> start,
        Path out,
        boolean anyLicence,
        VerifierChoice verifier,
        long seed,
        Resolved<TrainSettings> settings,
        Resolved<ExploreSettings> explore,
        PlacementChoice placement) {
    /** The adapter's folder inside that of the run. */
    public static final String ADAPTER = "adapter";

    private static final String PAPER = "preset paper";

    /** With the paper's settings and seed 0. */
    public static AdapterTraining of(Path model, Path trees, Path out) {
        return new AdapterTraining(
                model,
                trees,
                Optional.empty(),
                Optional.empty(),
                out,
                false,
                VerifierChoice.Shipped.AUTO,
                0,
                resolved(TrainSettings.PAPER, PAPER),
                Resolved.of(ExploreSettings.PAPER, PAPER),
                PlacementChoice.USUAL);
    }

    /** The same with other settings. */
    public AdapterTraining with(TrainSettings other) {
        return new AdapterTraining(
                model,
                trees,
                data,
                start,
                out,
                anyLicence,
                verifier,
                seed,
                resolved(other, Resolved.BY_PROGRAM),
                explore,
                placement);
    }

    /** The same, exploring again by other settings and another verifier where its own settings have it explore again. */
    public AdapterTraining exploringBy(ExploreSettings other, VerifierChoice judge) {
        return new AdapterTraining(
                model,
                trees,
                data,
                start,
                out,
                anyLicence,
                judge,
                seed,
                settings,
                Resolved.of(other, Resolved.BY_PROGRAM),
                placement);
    }

    /** The same, training an adapter on: a second stage. */
    public AdapterTraining startingFrom(Path adapter) {
        return new AdapterTraining(
                model,
                trees,
                data,
                Optional.of(adapter),
                out,
                anyLicence,
                verifier,
                seed,
                settings,
                explore,
                placement);
    }

    /** The same with other random numbers. */
    public AdapterTraining withSeed(long other) {
        return new AdapterTraining(
                model, trees, data, start, out, anyLicence, verifier, other, settings, explore, placement);
    }

    /** The same, computed elsewhere or in another type. */
    public AdapterTraining on(PlacementChoice other) {
        return new AdapterTraining(
                model, trees, data, start, out, anyLicence, verifier, seed, settings, explore, other);
    }

    private static Resolved<TrainSettings> resolved(TrainSettings settings, String source) {
        SortedMap<String, Resolved.Origin> origins =
                new TreeMap<>(Resolved.of(settings, source).origins());
        if (settings.objective() instanceof Record objective) {
            origins.putAll(Resolved.of(objective, source).origins());
        }
        origins.put("method", new Resolved.Origin(settings.objective().name(), source));
        return new Resolved<>(settings, origins);
    }

    /** Where the adapter will be, in PEFT's layout. */
    public Path adapter() {
        return out.resolve(ADAPTER);
    }

    private String method() {
        return settings.settings().objective().name();
    }

    /** What would be done; nothing is written. Refuses what {@link #run} would refuse. */
    public TrainingPlan plan() {
        ExploredRun explored = explored();
        requireTargets();
        return new TrainingPlan(
                explored.read().size(),
                RunFolder.inspect(out, () -> plan(explored, Sha256.of(model))),
                notes(explored));
    }

    /** What a person should know before it is run, in sentences. */
    public List<String> notes() {
        return notes(explored());
    }

    /** Trees of two kinds are trained on as one: whoever does not mean that is told in time. */
    private List<String> notes(ExploredRun explored) {
        List<String> differences =
                settings.settings().refresh() > 0 ? explored.differences(explore.origins()) : List.of();
        return differences.isEmpty()
                ? List.of()
                : List.of("The training explores again with other settings than " + trees + " was explored with: "
                        + String.join(", ", differences) + "; the same flags and recipe make it the same.");
    }

    /** What it would take, from the beginning. */
    public TrainingForecast forecast() {
        ExploredRun explored = explored();
        ModelFolder folder = ModelFolder.open(model);
        TrainSettings chosen = settings.settings();
        TrainingSet.Extent extent = TrainingSet.of(chosen.objective(), explored.read(), explored.data(), folder, seed)
                .extent();
        LocalCost local = LocalCost.of(folder, placement);
        long steps = chosen.steps(extent.questions());
        return new TrainingForecast(
                local.weights(),
                extent,
                steps,
                chosen.batch(),
                chosen.refresh(),
                CostForecast.exactly(local.training((double) steps * chosen.batch(), extent.tokens(), extent.most())));
    }

    /** Trains, or resumes a training. */
    public TrainedAdapter run(Progress progress) {
        ExploredRun explored = explored();
        List<PathTree> all = explored.read();
        requireTargets();
        String modelHash = Sha256.of(model);
        try (RunFolder folder = RunFolder.open(out, plan(explored, modelHash));
                RunLog log = RunLog.open(out)) {
            // Where the adapter is gone, the training's last state is read and the adapter written again.
            if (folder.finished() && AdapterFiles.isIn(adapter())) {
                return new TrainedAdapter(adapter(), OptionalInt.empty(), all.size());
            }
            log.say("training " + method() + " on " + all.size() + " questions");
            notes(explored).forEach(log::say);
            int used = train(all, explored, modelHash, progress);
            folder.finish();
            log.say("trained on " + used + " questions");
            return new TrainedAdapter(adapter(), OptionalInt.of(used), all.size());
        }
    }

    /** Before weights are read, which may take long: whether the targets mean modules of this model. */
    private void requireTargets() {
        settings.settings().lora().modules(ModelFolder.open(model).config());
    }

    private RunPlan plan(ExploredRun explored, String modelHash) {
        RunPlan.Builder plan = RunPlans.computing("train", placement).seed("seed", seed);
        settings.into(plan);
        if (settings.settings().refresh() > 0) {
            explore.into(plan);
        }
        if (anyLicence) {
            plan.setting("allow-licence", true, "allowed expressly");
        }
        start.ifPresent(folder -> plan.input("adapter", AdapterFiles.weights(folder)));
        return plan.input("model", model, modelHash)
                .input("trees", explored.trees())
                .input("data", explored.data())
                .build();
    }

    private ExploredRun explored() {
        return ExploredRun.of(trees, data, anyLicence);
    }

    private int train(List<PathTree> all, ExploredRun explored, String modelHash, Progress progress) {
        try (LoadedModel loaded = LoadedModel.open(model, placement)) {
            return new Trainer(loaded, settings.settings(), seed, start)
                    .train(
                            all,
                            explored.data(),
                            out,
                            model.toString(),
                            (round, current) -> exploreAgain(round, current, loaded, explored, modelHash, progress),
                            progress);
        }
    }

    /** Explores with the model as it stands, into a folder of its own beside the adapter. */
    private List<PathTree> exploreAgain(
            int round, Deltas current, LoadedModel loaded, ExploredRun explored, String modelHash, Progress progress) {
        PathTree.Origin origin = new PathTree.Origin(
                modelHash,
                loaded.tokenizer().sha256(),
                method() + " before refresh " + round,
                Seed.of(seed, "refresh", round).value(),
                explore.settings().temperature());
        Path folder = out.resolve("refresh-" + round);
        try (LocalModel sampler = new LocalModel(loaded, current)) {
            new Explorer(
                            sampler,
                            verifier.of(explored.samples()).verifier(),
                            explore.settings(),
                            DemonstrationPool.of(explored.samples()),
                            origin)
                    .explore(explored.samples(), folder, progress);
        }
        return TreeFile.read(folder.resolve(TreeFile.NAME));
    }
}
