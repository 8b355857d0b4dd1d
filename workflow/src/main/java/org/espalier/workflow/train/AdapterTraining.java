package org.espalier.workflow.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Seed;
import org.espalier.core.file.HubSnapshot;
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
import org.espalier.srpo.group.ProcessGroup;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.objective.TreeAdvantage;
import org.espalier.srpo.train.Parallelism;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.Trainer;
import org.espalier.srpo.train.TrainingSet;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.explore.ExploredRun;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.internal.LocalCost;
import org.espalier.workflow.run.RunEndpoints;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.RunPlans;
import org.espalier.workflow.run.Speed;
import org.espalier.workflow.share.AdapterCard;

/**
 * The training of an adapter on explored trees (Eq. 5-9, and the baselines):
 * {@code AdapterTraining.of(model, explored, out).with(TrainSettings.PAPER.withEpochs(1)).run(Progress.SILENT).adapter()}.
 *
 * @param source explored trees, or examples of others
 * @param start the adapter that is trained on; empty for one that changes nothing
 * @param out the folder of the run; the same training resumes there
 * @param anyLicence whether data whose terms forbid training are trained on too
 * @param verifier where the training explores again
 * @param seed names every random number
 * @param explore how it explores again
 * @param placement where the model is computed; the adapter is trained in float32 at least
 * @param processes that train together
 */
public record AdapterTraining(
        Path model,
        TrainingSource source,
        Optional<Path> start,
        Path out,
        boolean anyLicence,
        VerifierChoice verifier,
        long seed,
        Resolved<TrainSettings> settings,
        Resolved<ExploreSettings> explore,
        PlacementChoice placement,
        Processes processes) {
    /**
     * What came of a training.
     *
     * @param adapter its folder, in PEFT's layout
     * @param used questions that the method could use; empty where the training had finished before
     * @param explored questions or examples that there were
     */
    public record Trained(Path adapter, OptionalInt used, int explored) {
        /** How much was trained on, in a few words. */
        public String extent() {
            return used.isPresent()
                    ? used.getAsInt() + " of " + explored + " questions"
                    : "finished before, " + explored + " questions";
        }
    }

    /**
     * What a training would do.
     *
     * @param questions that were explored
     * @param found what is in the folder of the run
     * @param notes what a person should know before, in sentences
     */
    public record Plan(int questions, RunFolder.Found found, List<String> notes) {
        public Plan {
            notes = List.copyOf(notes);
        }
    }

    /** The adapter's folder inside that of the run. */
    public static final String ADAPTER = "adapter";

    private static final String PAPER = "preset paper";

    /**
     * With the paper's settings and seed 0.
     *
     * @param trees the folder of an exploration
     */
    public static AdapterTraining of(Path model, Path trees, Path out) {
        return new AdapterTraining(
                model,
                new TrainingSource.Explored(trees, Optional.empty()),
                Optional.empty(),
                out,
                false,
                VerifierChoice.Shipped.AUTO,
                0,
                resolved(TrainSettings.PAPER, PAPER),
                Resolved.of(ExploreSettings.PAPER, PAPER),
                PlacementChoice.USUAL,
                Processes.USUAL);
    }

    /** The same with other settings. */
    public AdapterTraining with(TrainSettings other) {
        return with(verifier, resolved(other, Resolved.BY_PROGRAM), explore);
    }

    /** The same, exploring again by other settings and another verifier where its own settings have it explore again. */
    public AdapterTraining exploringBy(ExploreSettings other, VerifierChoice judge) {
        return with(judge, settings, Resolved.of(other, Resolved.BY_PROGRAM));
    }

    private AdapterTraining with(
            VerifierChoice judge, Resolved<TrainSettings> trained, Resolved<ExploreSettings> explored) {
        return new AdapterTraining(
                model, source, start, out, anyLicence, judge, seed, trained, explored, placement, processes);
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
    public Plan plan() {
        TrainingMaterial material = material();
        requireTargets();
        start.ifPresent(folder -> AdapterFiles.requireFits(ModelFolder.open(model), folder));
        return new Plan(
                material.trees().size(),
                RunFolder.inspect(out, () -> plan(material, Sha256.of(model))),
                notes(material));
    }

    /** What a person should know before it is run, in sentences. */
    public List<String> notes() {
        return notes(material());
    }

    /** Trees of two kinds are trained on as one: whoever does not mean that is told in time. */
    private List<String> notes(TrainingMaterial material) {
        List<String> differences = settings.settings().refresh() == 0
                ? List.of()
                : material.explored()
                        .map(run -> run.differences(explore.origins()))
                        .orElse(List.of());
        List<String> notes = new ArrayList<>(material.notes());
        if (!differences.isEmpty()) {
            notes.add("The training explores again with other settings than " + source.place() + " was explored with: "
                    + String.join(", ", differences) + "; the same flags and recipe make it the same.");
        }
        return notes;
    }

    /** What it would take, from the beginning, on two cores. */
    public TrainingForecast forecast() {
        return forecast(Speed.TWO_CORES);
    }

    /** What it would take, from the beginning. */
    public TrainingForecast forecast(Speed speed) {
        TrainingMaterial material = material();
        ModelFolder folder = ModelFolder.open(model);
        TrainSettings chosen = settings.settings();
        TrainingSet set = TrainingSet.of(chosen.objective(), material.trees(), material.prompts(), folder, seed);
        boolean sees = chosen.lora().modules(folder.config()).stream()
                .anyMatch(folder.config().visionModules()::contains);
        long pictures = sees ? set.pictureTokens(folder.config().imageToken()) : 0;
        return TrainingForecast.of(LocalCost.of(folder, placement, speed), set.extent(), chosen, pictures);
    }

    /** Trains, or resumes a training. */
    public Trained run(Progress progress) {
        Optional<TrainingMaterial> before =
                processes instanceof Processes.Launched ? Optional.empty() : Optional.of(material());
        try (NativeThreads threads = limited();
                Processes.Gathered gathered = processes.meet(progress)) {
            ProcessGroup group = gathered.group();
            try {
                // Of several processes, one that knows of a failure tells the others.
                TrainingMaterial material = before.orElseGet(this::material);
                return run(material, group, watching(group, progress));
            } catch (RuntimeException e) {
                group.fail(e);
                throw e;
            }
        }
    }

    private NativeThreads limited() {
        return processes.threads().isPresent()
                ? NativeThreads.of(processes.threads().getAsInt())
                : NativeThreads.unchanged();
    }

    /** What is done for a while is stopped where another process was lost; only the first one is heard of. */
    private Progress watching(ProcessGroup group, Progress progress) {
        return (name, done, total, note) -> {
            group.check();
            if (group.first()) {
                progress.at(name, done, total, note);
            }
        };
    }

    private Trained run(TrainingMaterial material, ProcessGroup group, Progress progress) {
        requireTargets();
        String modelHash = Sha256.of(model);
        RunPlan plan = plan(material, modelHash);
        Processes.requireAgreement(group, plan);
        if (!group.first()) {
            boolean finished = group.broadcast(new byte[0])[0] != 0;
            OptionalInt used =
                    finished ? OptionalInt.empty() : OptionalInt.of(train(material, modelHash, group, progress));
            return new Trained(adapter(), used, material.trees().size());
        }
        try (RunFolder folder = RunFolder.open(out, plan);
                RunLog log = RunLog.open(out)) {
            // Where the adapter is gone, the training's last state is read and the adapter written again.
            boolean finished = folder.finished() && AdapterFiles.isIn(adapter());
            group.broadcast(new byte[] {(byte) (finished ? 1 : 0)});
            if (finished) {
                return new Trained(
                        adapter(), OptionalInt.empty(), material.trees().size());
            }
            log.say("training " + method() + " on " + material.trees().size() + " questions");
            notes(material).forEach(log::say);
            int used = train(material, modelHash, group, progress);
            AdapterCard.of(out).write();
            folder.finish();
            log.say("trained on " + used + " questions");
            return new Trained(adapter(), OptionalInt.of(used), material.trees().size());
        }
    }

    /** Before weights are read, which may take long: whether the targets mean modules of this model. */
    private void requireTargets() {
        settings.settings().lora().modules(ModelFolder.open(model).config());
    }

    private RunPlan plan(TrainingMaterial material, String modelHash) {
        RunPlan.Builder plan = RunPlans.computing("train", placement).seed("seed", seed);
        settings.into(plan);
        if (settings.settings().refresh() > 0) {
            explore.into(plan);
            if (verifier instanceof VerifierChoice.Judge) {
                verifier.into(plan, List.of());
            }
        }
        if (anyLicence) {
            plan.setting("allow-licence", true, "allowed expressly");
        }
        processes.threads().ifPresent(threads -> plan.setting("threads", threads, "the choice of processes"));
        if (processes.count() > 1) {
            plan.device(RunPlans.device(placement) + ", " + processes.count() + " processes");
        }
        start.ifPresent(folder -> plan.input("adapter", AdapterFiles.weights(folder)));
        plan.input("model", model, modelHash);
        material.inputs().accept(plan);
        return plan.build();
    }

    private TrainingMaterial material() {
        TrainingMaterial material = source.read(anyLicence);
        if (material.explored().isEmpty()) {
            if (settings.settings().refresh() > 0) {
                throw new InputException(
                        "examples cannot be explored again: leave --refresh out, or train on the trees of"
                                + " an exploration");
            }
            if (settings.settings().objective() instanceof Srpo
                    || settings.settings().objective() instanceof TreeAdvantage) {
                throw new InputException(method() + " needs branches at the steps of a path, which " + source.place()
                        + " does not have: choose --method sft, dpo or orpo, or explore first and give --trees");
            }
        }
        return material;
    }

    private int train(TrainingMaterial material, String modelHash, ProcessGroup group, Progress progress) {
        Parallelism parallelism = new Parallelism(group, processes.threads(), processes.here());
        try (LoadedModel loaded = LoadedModel.open(model, placement)) {
            return new Trainer(loaded, settings.settings(), seed, start, parallelism)
                    .train(
                            material.trees(),
                            material.prompts(),
                            out,
                            HubSnapshot.nameOf(model),
                            (round, current) -> exploreAgain(
                                    round, current, loaded, material.explored().orElseThrow(), modelHash, progress),
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
        try (LocalModel sampler = new LocalModel(loaded, current);
                RunEndpoints endpoints = RunEndpoints.in(out, verifier.plans())) {
            new Explorer(
                            sampler,
                            verifier.of(explored.samples(), endpoints).verifier(),
                            explore.settings(),
                            DemonstrationPool.of(explored.samples()),
                            origin)
                    .explore(explored.samples(), folder, progress);
        }
        return TreeFile.read(folder.resolve(TreeFile.NAME));
    }
}
