package org.espalier.workflow.explore;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.core.ExploreSummary;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.Sampler;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Resolved;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.EndpointSampler;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Provider;
import org.espalier.model.ModelFolder;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.Explorer;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.run.RunEndpoints;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.RunPlans;

/**
 * The exploration of the questions of a data file (Eq. 1-4) into the folder of a run:
 * {@code Exploration.of(model, data, out).with(ExploreSettings.PAPER.withMaxTokens(96)).run(Progress.SILENT)}.
 *
 * @param source whose paths are drawn
 * @param data an ssui.jsonl
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
    public ExplorationPlan plan() {
        List<SsuiSample> samples = samples();
        VerifierChoice.Named chosen = verifier.of(samples);
        return new ExplorationPlan(
                samples.size(), chosen.label(), RunFolder.inspect(out, () -> plan(samples, chosen, origin())), notes());
    }

    /** What a person should know before it is run, in sentences. */
    public List<String> notes() {
        return source instanceof PathSource.Remote(EndpointPlan plan, ContinuationMode _)
                        && plan.omit().contains("temperature")
                ? List.of(
                        "Endpoint " + plan.name() + " is sent no temperature: its own holds, not that of the settings.")
                : List.of();
    }

    /** What it would take, from the beginning. */
    public ExplorationForecast forecast() {
        List<SsuiSample> samples = samples();
        return switch (source) {
            case PathSource.Checkpoint(Path model, Optional<Path> _, PlacementChoice placement) ->
                ExplorationForecast.of(ModelFolder.open(model), placement, samples, settings.settings(), seed);
            case PathSource.Remote(EndpointPlan plan, ContinuationMode _) ->
                ExplorationForecast.of(Endpoints.planned(plan), samples, settings.settings(), seed);
        };
    }

    /** Explores what is not explored yet. */
    public ExploreSummary run(Progress progress) {
        List<SsuiSample> samples = samples();
        VerifierChoice.Named chosen = verifier.of(samples);
        PathTree.Origin origin = origin();
        try (RunFolder folder = RunFolder.open(out, plan(samples, chosen, origin));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return ExploreSummary.of(TreeFile.read(out.resolve(TreeFile.NAME)));
            }
            log.say("exploring " + samples.size() + " questions");
            ExploreSummary summary = explore(chosen, samples, origin, progress);
            folder.finish();
            log.say("explored: " + summary.outcomes());
            return summary;
        }
    }

    private ExploreSummary explore(
            VerifierChoice.Named chosen, List<SsuiSample> samples, PathTree.Origin origin, Progress progress) {
        switch (source) {
            case PathSource.Checkpoint(Path model, Optional<Path> adapter, PlacementChoice placement) -> {
                try (LocalModel sampler = LocalModel.open(model, adapter, placement)) {
                    return explorer(sampler, chosen, samples, origin).explore(samples, out, progress);
                }
            }
            case PathSource.Remote(EndpointPlan plan, ContinuationMode mode) -> {
                EndpointPlan own = unshaped(plan);
                try (RunEndpoints endpoints = RunEndpoints.in(out, List.of(own))) {
                    return explorer(new EndpointSampler(endpoints.of(own), mode), chosen, samples, origin)
                            .explore(samples, out, progress);
                }
            }
        }
    }

    private Explorer explorer(
            Sampler sampler, VerifierChoice.Named chosen, List<SsuiSample> samples, PathTree.Origin origin) {
        return new Explorer(sampler, chosen.verifier(), settings.settings(), DemonstrationPool.of(samples), origin);
    }

    private RunPlan plan(List<SsuiSample> samples, VerifierChoice.Named chosen, PathTree.Origin origin) {
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
                        .setting("continue-by", label(mode), "the endpoint");
        };
        settings.into(plan)
                .seed("seed", seed)
                .setting(
                        "verifier",
                        chosen.label(),
                        verifier == VerifierChoice.Shipped.AUTO ? "the data" : "the choice of a verifier");
        if (anyLicence) {
            plan.setting("allow-licence", true, "allowed expressly");
        }
        RunPlans.data(plan, data, samples);
        return plan.build();
    }

    /** As {@code --continue-by} has it. */
    public static String label(ContinuationMode mode) {
        return switch (mode) {
            case PREFILL -> "prefill";
            case TURN -> "turn";
        };
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
        List<SsuiSample> samples = SsuiFile.read(data);
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
