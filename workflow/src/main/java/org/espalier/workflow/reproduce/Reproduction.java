package org.espalier.workflow.reproduce;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.SsuiFile;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.greenhouse.data.BenchmarkSets;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.report.Report;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.espalier.workflow.run.RunPlans;

/** An experiment, told before it is run and run to its end; the same experiment resumes in its folder. */
public record Reproduction(Experiment experiment) {
    /** A step that has ended, and what it found in a few words or none. */
    public record Ended(ExperimentStep step, Duration time, String found) {}

    /** All steps with what they take and what is missing; nothing is written. */
    public ExperimentPlan plan(Machine machine) {
        return new ExperimentForecast(experiment, machine).plan();
    }

    /**
     * Does what is not done yet, step by step.
     *
     * @param ended hears of each step
     * @throws InputException if something is missing
     */
    public void run(Progress progress, Consumer<Ended> ended) {
        List<String> missing = experiment.missing();
        if (!missing.isEmpty()) {
            throw new InputException("the experiment cannot begin: " + missing.getFirst()
                    + (missing.size() == 1 ? "" : "; and " + (missing.size() - 1) + " more that --dry-run tells"));
        }
        try (RunFolder folder = RunFolder.open(
                experiment.out(),
                RunPlans.of("reproduce").seed("seed", experiment.seed()).build())) {
            if (experiment.judge().isPresent()) {
                run(new StepRuns(experiment, experiment.judge().get()), progress, ended);
            } else {
                try (PlayedServer server = PlayedServer.start(ServeSettings.plain(), WorldFile.load())) {
                    run(new StepRuns(experiment, played(server.base())), progress, ended);
                }
            }
            folder.finish();
        }
    }

    private static EndpointPlan played(URI base) {
        return EndpointPlan.at(base.toString(), PlayedServer.MODEL, Optional.empty());
    }

    private void run(StepRuns runs, Progress progress, Consumer<Ended> ended) {
        for (ExperimentStep step : ExperimentStep.of(experiment)) {
            long start = System.nanoTime();
            String found = run(
                    step, runs, (name, done, total, note) -> progress.at(step.name() + ": " + name, done, total, note));
            ended.accept(new Ended(step, Duration.ofNanos(System.nanoTime() - start), found));
        }
    }

    private String run(ExperimentStep step, StepRuns runs, Progress progress) {
        switch (step) {
            case ExperimentStep.Draw _ -> {
                return draw(experiment.world().orElseThrow(), progress);
            }
            case ExperimentStep.Explore explore -> {
                ExploreSummary summary = runs.exploration(explore).run(progress);
                return summary.pairs() + " pairs from " + summary.paths() + " paths";
            }
            case ExperimentStep.Train train -> {
                return runs.training(train).run(progress).extent();
            }
            case ExperimentStep.Measure measure -> {
                runs.measurement(measure).run(progress);
                return "";
            }
            case ExperimentStep.Tell tell -> {
                Report.write(runs.folders(), tell.in(experiment));
                return tell.in(experiment).toString();
            }
        }
    }

    /** The world, and its questions in the forms of the benchmarks. */
    private static String draw(WorldDrawing world, Progress progress) {
        world.run(progress);
        new BenchmarkSets(SsuiFile.read(WorldDrawing.file(world.out(), Part.TEST_SEEN)))
                .write(world.out().resolve("benchmarks"));
        return world.questions() + " questions";
    }
}
