package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.core.PathTree;
import org.espalier.core.Sampler;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.model.generate.LocalModel;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.ExploreSummary;
import org.espalier.srpo.explore.Explorer;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.tensor.Device;

/**
 * Explores the questions of a data file (Eq. 1-4).
 *
 * @param anyLicence whether data whose terms forbid training are explored all the same
 */
public record ExploreWork(
        Drawer drawer,
        Path data,
        Path out,
        Rules rules,
        boolean anyLicence,
        Resolved<RunSettings> run,
        Resolved<ExploreSettings> explore) {

    /** Says what would be done. */
    public void foresee(Desk desk) {
        List<SsuiSample> samples = samples();
        Rules chosen = rules.of(samples);
        ExploreSettings settings = explore.settings();
        String who = switch (drawer) {
            case Drawer.Checkpoint(Path model) -> model.toString();
            case Drawer.Remote(EndpointPlan plan, ContinuationMode how) ->
                plan.model() + " behind " + plan.baseUrl() + " (" + words(how) + ")";
        };
        desk.say("Would explore " + Counted.of(samples.size(), "question") + " of " + data + " with " + who + " into "
                + out + "; the verifier is '" + chosen.label() + "'.");
        Destination.foresee(desk, out, () -> plan(samples, chosen, origin()));
        switch (drawer) {
            case Drawer.Checkpoint(Path model) -> {
                try (Forecast forecast =
                        Forecast.of(model, samples, settings, run.settings().seed())) {
                    forecast.model(desk);
                    forecast.exploration(desk, settings);
                }
            }
            case Drawer.Remote(EndpointPlan plan, ContinuationMode _) ->
                new CallsForecast(samples, settings, run.settings().seed()).say(desk, plan);
        }
    }

    /** Explores what is not explored yet. */
    public ExploreSummary run(Desk desk) {
        List<SsuiSample> samples = samples();
        Rules chosen = rules.of(samples);
        PathTree.Origin origin = origin();
        try (RunFolder folder = RunFolder.open(out, plan(samples, chosen, origin));
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return ExploreSummary.of(TreeFile.read(out.resolve(TreeFile.NAME)));
            }
            log.say("exploring " + samples.size() + " questions");
            ExploreSummary summary = switch (drawer) {
                case Drawer.Checkpoint(Path model) -> local(model, chosen, samples, origin, desk);
                case Drawer.Remote(EndpointPlan plan, ContinuationMode how) ->
                    remote(plan, how, chosen, samples, origin, desk);
            };
            folder.finish();
            log.say("explored: " + summary.outcomes());
            return summary;
        }
    }

    private RunPlan plan(List<SsuiSample> samples, Rules chosen, PathTree.Origin origin) {
        RunPlan.Builder plan = switch (drawer) {
            case Drawer.Checkpoint(Path model) -> Machine.computing("explore").input("model", model, origin.model());
            case Drawer.Remote(EndpointPlan it, ContinuationMode how) ->
                Machine.plan("explore")
                        .setting("endpoint", it.baseUrl(), "the command line")
                        .setting("endpoint-name", it.name(), "the command line")
                        .setting("model-name", it.model(), "the command line")
                        .setting("continue-by", words(how), "the command line");
        };
        plan.seed("seed", run.settings().seed());
        explore.into(plan).setting("verifier", chosen.label(), rules == chosen ? "flag --verifier" : "the data");
        if (anyLicence) {
            plan.setting("allow-licence", true, "flag --allow-licence");
        }
        Inputs.data(plan, data, samples);
        return plan.build();
    }

    private static String words(ContinuationMode how) {
        return switch (how) {
            case PREFILL -> "prefill";
            case TURN -> "turn";
        };
    }

    private ExploreSummary local(
            Path model, Rules chosen, List<SsuiSample> samples, PathTree.Origin origin, Desk desk) {
        try (LocalModel sampler = LocalModel.open(model, Optional.empty(), Device.CPU)) {
            return explore(sampler, chosen, samples, origin, desk);
        }
    }

    private ExploreSummary remote(
            EndpointPlan plan,
            ContinuationMode how,
            Rules chosen,
            List<SsuiSample> samples,
            PathTree.Origin origin,
            Desk desk) {
        EndpointPlan own = OpenEndpoints.exploring(plan);
        if (own.omit().contains("temperature")) {
            desk.say("Endpoint " + plan.name() + " is sent no temperature: its own holds, not that of the settings.");
        }
        try (OpenEndpoints endpoints = OpenEndpoints.in(out, List.of(own))) {
            return explore(endpoints.sampler(own, how), chosen, samples, origin, desk);
        }
    }

    private ExploreSummary explore(
            Sampler sampler, Rules chosen, List<SsuiSample> samples, PathTree.Origin origin, Desk desk) {
        return new Explorer(sampler, chosen.verifier(), explore.settings(), DemonstrationPool.of(samples), origin)
                .explore(samples, out, desk.progress());
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
        long seed = run.settings().seed();
        double temperature = explore.settings().temperature();
        return switch (drawer) {
            case Drawer.Checkpoint(Path model) ->
                new PathTree.Origin(
                        Sha256.of(model), Sha256.of(model.resolve("tokenizer.json")), "", seed, temperature);
            case Drawer.Remote(EndpointPlan plan, ContinuationMode how) ->
                new PathTree.Origin(
                        plan.model() + (how == ContinuationMode.TURN ? " (asked to go on)" : ""),
                        "",
                        "",
                        seed,
                        temperature);
        };
    }
}
