package org.espalier.workflow.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.core.ExploreSummary;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Sampler;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Resolved;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupWork;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.EndpointSampler;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.wire.Provider;
import org.espalier.model.ModelFolder;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.Explorer;
import org.espalier.srpo.explore.TreeGathering;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.run.RunEndpoints;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.RunPlans;
import org.espalier.workflow.run.Speed;

/**
 * The exploration of the questions of a data file (Eq. 1-4) into the folder of a run:
 * {@code Exploration.of(model, data, out).with(ExploreSettings.PAPER.withMaxTokens(96)).run(Progress.SILENT)}.
 *
 * @param source whose paths are drawn
 * @param data an ssui.jsonl, or Parquet with its columns
 * @param out the folder of the run; the same exploration resumes there
 * @param anyLicence whether data whose terms forbid training are explored too
 * @param seed names every random number
 */
public record Exploration(
        PathSource source,
        Path data,
        Path out,
        VerifierChoice verifier,
        boolean anyLicence,
        long seed,
        Resolved<ExploreSettings> settings) {
    /**
     * What an exploration would do.
     *
     * @param verifier its name
     * @param found what is in the folder of the run
     * @param notes what a person should know before, in sentences
     */
    public record Plan(int questions, String verifier, RunFolder.Found found, List<String> notes) {
        public Plan {
            notes = List.copyOf(notes);
        }
    }

    /** With the paper's settings and seed 0, by a checkpoint in this process, the verifier chosen by the data. */
    public static Exploration of(Path model, Path data, Path out) {
        return new Exploration(
                new PathSource.Checkpoint(model),
                data,
                out,
                VerifierChoice.Shipped.AUTO,
                false,
                0,
                Resolved.of(ExploreSettings.PAPER, "preset paper"));
    }

    /** The same with other settings. */
    public Exploration with(ExploreSettings other) {
        return new Exploration(source, data, out, verifier, anyLicence, seed, Resolved.of(other, Resolved.BY_PROGRAM));
    }

    /** The same with another verifier. */
    public Exploration with(VerifierChoice other) {
        return new Exploration(source, data, out, other, anyLicence, seed, settings);
    }

    /** The same with other random numbers. */
    public Exploration withSeed(long other) {
        return new Exploration(source, data, out, verifier, anyLicence, other, settings);
    }

    /** What would be done; nothing is written. Refuses what {@link #run} would refuse. */
    public Plan plan() {
        List<SsuiSample> samples = samples();
        if (source instanceof PathSource.Checkpoint(Path model, Optional<Path> adapter, PlacementChoice _)) {
            adapter.ifPresent(folder -> AdapterFiles.requireFits(ModelFolder.open(model), folder));
        }
        return new Plan(
                samples.size(),
                verifier.label(samples),
                RunFolder.inspect(out, () -> plan(samples, origin())),
                notes());
    }

    /**
     * Whether processes of other machines can work on its groups.
     *
     * @throws org.espalier.core.InputException if they cannot, and why
     */
    public void elsewhere() {
        ExplorationTask.checkpoint(source);
        RemoteVerifier.of(verifier);
    }

    /** What a person should know before it is run, in sentences. */
    public List<String> notes() {
        if (!(source instanceof PathSource.Remote(EndpointPlan plan, ContinuationMode _))) {
            return List.of();
        }
        List<String> shaping = plan.omit().stream()
                .filter(field -> !field.equals("seed") && !field.equals("stop"))
                .sorted()
                .toList();
        return shaping.isEmpty()
                ? List.of()
                : List.of("Endpoint " + plan.name() + " is sent no " + String.join(", ", shaping)
                        + ": its own holds, not that of the settings.");
    }

    /** What it would take, from the beginning; in this process on two cores. */
    public ExplorationForecast forecast() {
        return forecast(Speed.TWO_CORES);
    }

    /** What it would take, from the beginning. */
    public ExplorationForecast forecast(Speed speed) {
        List<SsuiSample> samples = samples();
        ExplorationForecast drawing = switch (source) {
            case PathSource.Checkpoint(Path model, Optional<Path> _, PlacementChoice placement) ->
                ExplorationForecast.of(ModelFolder.open(model), placement, speed, samples, settings.settings(), seed);
            case PathSource.Remote(EndpointPlan plan, ContinuationMode _) ->
                ExplorationForecast.of(Endpoints.planned(plan), samples, settings.settings(), seed);
        };
        return verifier instanceof VerifierChoice.Judge judge ? drawing.judgedBy(judge) : drawing;
    }

    /** Explores what is not explored yet, in this process. */
    public ExploreSummary run(Progress progress) {
        return run(GroupRunner.HERE, progress);
    }

    /** Explores what is not explored yet, wherever the runner has it done: the trees are the same. */
    public ExploreSummary run(GroupRunner runner, Progress progress) {
        List<SsuiSample> samples = samples();
        PathTree.Origin origin = origin();
        try (RunFolder folder = RunFolder.open(out, plan(samples, origin));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return ExploreSummary.of(TreeFile.read(out.resolve(TreeFile.NAME)));
            }
            log.say("exploring " + samples.size() + " questions");
            ExploreSummary summary =
                    runner == GroupRunner.HERE ? explore(samples, origin, progress) : gather(runner, samples, progress);
            folder.finish();
            log.say("explored: " + summary.outcomes());
            return summary;
        }
    }

    /** Where its groups are worked on. The judges' journal is opened here first, so that what is wrong with it is said at once. */
    private ExploreSummary gather(GroupRunner runner, List<SsuiSample> samples, Progress progress) {
        ExplorationTask task = ExplorationTask.of(this);
        try (RunEndpoints _ = endpoints(verifier.plans())) {
            return new TreeGathering(samples, settings.settings().groupSize(), out, progress).run(runner, task);
        }
    }

    /** Endpoints over the journal of this exploration. */
    RunEndpoints endpoints(List<EndpointPlan> asked) {
        return verifier.store()
                .map(url -> RunEndpoints.over(url, EndpointsFile.of(asked)))
                .orElseGet(() -> RunEndpoints.in(out, asked));
    }

    /** The work of one group of samples after the other by a model that is open. */
    GroupWork work(LocalModel model, List<SsuiSample> samples, RunEndpoints judges) {
        Verifier chosen = verifier.of(samples, judges).verifier();
        return explorer(model, chosen, samples, origin()).work(samples);
    }

    private ExploreSummary explore(List<SsuiSample> samples, PathTree.Origin origin, Progress progress) {
        List<EndpointPlan> asked = new ArrayList<>(verifier.plans());
        if (source instanceof PathSource.Remote(EndpointPlan plan, ContinuationMode _)) {
            asked.add(unshaped(plan));
        }
        try (RunEndpoints endpoints = endpoints(asked)) {
            Verifier chosen = verifier.of(samples, endpoints).verifier();
            switch (source) {
                case PathSource.Checkpoint(Path model, Optional<Path> adapter, PlacementChoice placement) -> {
                    try (LocalModel sampler = LocalModel.open(model, adapter, placement)) {
                        return explorer(sampler, chosen, samples, origin).explore(samples, out, progress);
                    }
                }
                case PathSource.Remote(EndpointPlan plan, ContinuationMode mode) -> {
                    EndpointSampler sampler = new EndpointSampler(endpoints.of(plan), mode);
                    return explorer(sampler, chosen, samples, origin).explore(samples, out, progress);
                }
            }
        }
    }

    private Explorer explorer(Sampler sampler, Verifier chosen, List<SsuiSample> samples, PathTree.Origin origin) {
        return new Explorer(sampler, chosen, settings.settings(), DemonstrationPool.of(samples), origin);
    }

    private RunPlan plan(List<SsuiSample> samples, PathTree.Origin origin) {
        RunPlan.Builder plan = switch (source) {
            case PathSource.Checkpoint(Path model, Optional<Path> adapter, PlacementChoice placement) -> {
                RunPlan.Builder computing =
                        RunPlans.computing("explore", placement).input("model", model, origin.model());
                adapter.ifPresent(folder -> computing.input("adapter", AdapterFiles.weights(folder), origin.adapter()));
                yield computing;
            }
            case PathSource.Remote(EndpointPlan it, ContinuationMode mode) ->
                RunPlans.of("explore")
                        .setting("endpoint", it.baseUrl(), "the endpoint")
                        .setting("endpoint-name", it.name(), "the endpoint")
                        .setting("model-name", it.model(), "the endpoint")
                        .setting("continue-by", mode.label(), "the endpoint");
        };
        settings.into(plan).seed("seed", seed);
        verifier.into(plan, samples);
        if (anyLicence) {
            plan.setting("allow-licence", true, "allowed expressly");
        }
        RunPlans.data(plan, data, samples);
        return plan.build();
    }

    /**
     * The same endpoint, told that nothing but the temperature shapes its draws. Servers fill in what they are not told
     * from the model's own settings, whose repetition penalty would draw from another distribution.
     */
    private static EndpointPlan unshaped(EndpointPlan plan) {
        if (plan.provider() != Provider.OPENAI_COMPATIBLE) {
            return plan;
        }
        Map<String, Object> extra = new TreeMap<>(Map.of("top_k", -1, "repetition_penalty", 1.0));
        if (!plan.omit().contains("top-p")) {
            extra.put("top_p", 1.0);
        }
        extra.putAll(plan.extra());
        return plan.with(plan.omit(), extra);
    }

    private List<SsuiSample> samples() {
        List<SsuiSample> samples = QuestionFile.read(data);
        if (!anyLicence) {
            SampleLicences.refuse(data, samples);
        }
        return samples;
    }

    /** Of an endpoint neither weights nor tokenizer are known: its name stands for both, and trees hold texts alone. */
    private PathTree.Origin origin() {
        double temperature = settings.settings().temperature();
        return switch (source) {
            case PathSource.Checkpoint(Path model, Optional<Path> adapter, PlacementChoice _) ->
                new PathTree.Origin(
                        Sha256.of(model),
                        Sha256.of(model.resolve("tokenizer.json")),
                        adapter.map(AdapterFiles::weights).map(Sha256::of).orElse(""),
                        seed,
                        temperature);
            case PathSource.Remote(EndpointPlan plan, ContinuationMode mode) ->
                new PathTree.Origin(
                        plan.model() + (mode == ContinuationMode.TURN ? " (asked to continue)" : ""),
                        "",
                        "",
                        seed,
                        temperature);
        };
    }
}
