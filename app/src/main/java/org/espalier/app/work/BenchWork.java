package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.config.BenchSettings;
import org.espalier.app.config.Resolved;
import org.espalier.app.config.RunSettings;
import org.espalier.app.console.RunLog;
import org.espalier.bench.rsbench.Results;
import org.espalier.bench.rsbench.ResultsFile;
import org.espalier.bench.rsbench.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.core.Arbiter;
import org.espalier.core.Demonstrations;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.SsuiFile;
import org.espalier.core.text.StepSplitter;
import org.espalier.model.generate.LocalModel;
import org.espalier.model.generate.LocalModelOptions;

/** Measures a model in this process on RSBench. */
public record BenchWork(
        Path model,
        Optional<Path> adapter,
        Path data,
        Path out,
        Resolved<RunSettings> run,
        Resolved<BenchSettings> bench) {

    /** Says what would be done. */
    public void foresee(Desk desk) {
        List<SsuiSample> samples = SsuiFile.read(data);
        Rules.arbiter(samples, data);
        try (Forecast forecast = Forecast.of(model, samples, 0, false)) {
            desk.say("Would ask " + samples.size() + " questions of " + data + ", "
                    + bench.settings().paths() + " paths each, of " + model
                    + adapter.map(folder -> " with the adapter " + folder).orElse("") + " into " + out
                    + "; the arbiter are the greenhouse's rules.");
            forecast.model(desk);
            forecast.asking(desk, bench.settings());
        }
    }

    /** Asks and judges what is not asked and judged yet. */
    public Results run(Desk desk) {
        List<SsuiSample> samples = SsuiFile.read(data);
        Arbiter arbiter = Rules.arbiter(samples, data);
        RunPlan.Builder plan =
                Machine.computing("bench rsbench").seed("seed", run.settings().seed());
        bench.into(plan).setting("arbiter", "the greenhouse's rules", "the data");
        plan.input("model", model);
        adapter.ifPresent(folder -> plan.input("adapter", folder));
        Inputs.data(plan, data, samples);
        try (RunFolder folder = RunFolder.open(out, plan.build());
                RunLog log = RunLog.open(out)) {
            if (folder.finished()) {
                return ResultsFile.read(out.resolve(ResultsFile.NAME));
            }
            log.say("asking " + samples.size() + " questions");
            try (LocalModel asked = LocalModel.open(model, adapter, LocalModelOptions.DEFAULT)) {
                StepSplitter splitter = new StepSplitter(bench.settings().steps());
                Results results = new RsBench(
                                asked, text -> splitter.split(text).steps(), arbiter, settings(asked), desk.progress())
                        .run(samples, out);
                folder.finish();
                return results;
            }
        }
    }

    private RsBench.Settings settings(LocalModel asked) {
        BenchSettings settings = bench.settings();
        long seed = run.settings().seed();
        Sampling sampling = switch (settings.decoding()) {
            case MODEL -> asked.defaults().sampling(settings.maxTokens(), List.of(), seed);
            case GREEDY -> Sampling.at(0, settings.maxTokens(), seed);
            case SAMPLE ->
                new Sampling(
                        settings.temperature(),
                        settings.topP(),
                        settings.topK(),
                        settings.maxTokens(),
                        List.of(),
                        seed);
        };
        return new RsBench.Settings(
                settings.paths(), sampling, Demonstrations.NONE, settings.groupSize(), Bootstrap.of(seed));
    }
}
