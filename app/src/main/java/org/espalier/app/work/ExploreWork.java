package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.core.PathTree;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.file.TreeFile;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.generate.LocalModelOptions;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.explore.ExploreSummary;
import org.espalier.srpo.explore.Explorer;
import org.espalier.ssui.pool.SampleLicences;

/**
 * Explores the questions of a data file with a model in this process (Eq. 1-4).
 *
 * @param anyLicence whether data whose terms forbid training are explored all the same
 */
public record ExploreWork(
        Path model,
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
        try (Forecast forecast = Forecast.of(model, samples, settings.examples(), settings.examplesWithPictures())) {
            desk.say("Would explore " + samples.size() + " questions of " + data + " with " + model + " into " + out
                    + "; the verifier is '" + chosen.label() + "'.");
            forecast.model(desk);
            forecast.exploration(desk, settings);
        }
    }

    /** Explores what is not explored yet. */
    public ExploreSummary run(Desk desk) {
        List<SsuiSample> samples = samples();
        Rules chosen = rules.of(samples);
        String modelHash = Sha256.of(model);
        RunPlan.Builder plan =
                Machine.computing("explore").seed("seed", run.settings().seed());
        explore.into(plan).setting("verifier", chosen.label(), rules == chosen ? "flag --verifier" : "the data");
        if (anyLicence) {
            plan.setting("allow-licence", true, "flag --allow-licence");
        }
        Inputs.data(plan.input("model", model, modelHash), data, samples);
        try (RunFolder folder = RunFolder.open(out, plan.build());
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return ExploreSummary.of(TreeFile.read(out.resolve(TreeFile.NAME)));
            }
            log.say("exploring " + samples.size() + " questions");
            PathTree.Origin origin = origin(model, modelHash, "");
            try (LocalModel sampler = LocalModel.open(model, Optional.empty(), LocalModelOptions.DEFAULT)) {
                ExploreSummary summary =
                        explorer(sampler, chosen, samples, origin).explore(samples, out, desk.progress());
                folder.finish();
                log.say("explored: " + summary.outcomes());
                return summary;
            }
        }
    }

    private List<SsuiSample> samples() {
        List<SsuiSample> samples = SsuiFile.read(data);
        if (!anyLicence) {
            SampleLicences.refuse(data, samples);
        }
        return samples;
    }

    private Explorer explorer(LocalModel sampler, Rules chosen, List<SsuiSample> samples, PathTree.Origin origin) {
        return new Explorer(sampler, chosen.verifier(), explore.settings(), DemonstrationPool.of(samples), origin);
    }

    private PathTree.Origin origin(Path folder, String hash, String adapter) {
        return new PathTree.Origin(
                hash,
                Sha256.of(folder.resolve("tokenizer.json")),
                adapter,
                run.settings().seed(),
                explore.settings().temperature());
    }
}
