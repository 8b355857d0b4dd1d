package org.espalier.workflow.reproduce;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.cost.Cost;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.tensor.Placement;
import org.espalier.workflow.bench.MeasurementForecast;
import org.espalier.workflow.explore.ExplorationForecast;
import org.espalier.workflow.internal.LocalCost;
import org.espalier.workflow.train.TrainingForecast;

/** What the steps of an experiment take: of files that are here as their own verbs tell it, else by published sizes. */
record ExperimentForecast(Experiment experiment, Machine machine) {
    /** Where a judge that is played would listen; it is not asked by a forecast. */
    private static final String PLAYED = "http://127.0.0.1:8321/v1";

    private static final double GIB = 1L << 30;

    ExperimentPlan plan() {
        List<ExperimentPlan.Planned> steps =
                ExperimentStep.of(experiment).stream().map(this::planned).toList();
        List<String> missing = new ArrayList<>(experiment.missing());
        tooSmall(steps).ifPresent(missing::add);
        return new ExperimentPlan(steps, missing);
    }

    /** A sentence where a step needs more memory than a device has. */
    private Optional<String> tooSmall(List<ExperimentPlan.Planned> steps) {
        long room = machine.speed().room().orElseGet(Placement.CPU::room);
        return steps.stream()
                .filter(step -> step.model().memory() > room)
                .findFirst()
                .map(step -> String.format(
                        Locale.ROOT,
                        "%s needs about %.0f GiB of memory, and %s",
                        step.step().name(),
                        step.model().memory() / GIB,
                        machine.speed().room().isPresent()
                                ? String.format(Locale.ROOT, "a device has %.0f", room / GIB)
                                : String.format(Locale.ROOT, "%.0f are free here", room / GIB)));
    }

    private EndpointPlan judge() {
        return experiment.judge().orElseGet(() -> EndpointPlan.at(PLAYED, PlayedServer.MODEL, Optional.empty()));
    }

    private StepRuns runs() {
        return new StepRuns(experiment, judge());
    }

    private ExperimentPlan.Planned planned(ExperimentStep step) {
        return switch (step) {
            case ExperimentStep.Draw _, ExperimentStep.Tell _ ->
                new ExperimentPlan.Planned(step, Cost.NONE, Cost.NONE, true);
            case ExperimentStep.Explore explore -> exploring(explore);
            case ExperimentStep.Train train -> training(train);
            case ExperimentStep.Measure measure -> measuring(measure);
        };
    }

    private LocalCost cost(Experiment.Base base) {
        return LocalCost.of(base.shape(), base.parameters(), machine.speed());
    }

    private ExperimentPlan.Planned exploring(ExperimentStep.Explore step) {
        if (step.base().folder().isPresent() && Files.exists(experiment.data().file())) {
            ExplorationForecast counted = runs().exploration(step).forecast(machine.speed());
            return new ExperimentPlan.Planned(step, counted.cost().likely(), Cost.NONE, true);
        }
        ExploreSettings settings = experiment.explore().settings();
        ExplorationForecast taken = ExplorationForecast.of(
                cost(step.base()),
                experiment.data().questions(),
                experiment.data().tokens(step.base(), settings.examples(), settings.examplesWithPictures()),
                settings);
        return new ExperimentPlan.Planned(step, taken.cost().likely(), Cost.NONE, false);
    }

    private ExperimentPlan.Planned training(ExperimentStep.Train step) {
        if (finished(new ExperimentStep.Explore(step.base()))) {
            TrainingForecast counted = runs().training(step).forecast(machine.speed());
            return new ExperimentPlan.Planned(step, counted.cost().likely(), Cost.NONE, true);
        }
        TrainSettings settings = step.method().settings().settings();
        TrainingForecast taken = TrainingForecast.of(
                cost(step.base()), experiment.data().extent(step.base(), settings.objective()), settings, 0);
        return new ExperimentPlan.Planned(step, taken.cost().likely(), Cost.NONE, false);
    }

    /** An exploration writes its summary at its end. */
    private boolean finished(ExperimentStep.Explore step) {
        return Files.exists(step.in(experiment).resolve(ExploreSummary.NAME));
    }

    private ExperimentPlan.Planned measuring(ExperimentStep.Measure step) {
        if (step.base().folder().isPresent() && step.test().here()) {
            try {
                return measured(step, runs().measurement(step).forecast(machine.speed()), true);
            } catch (InputException e) {
                throw new InputException("the data of " + step.test().name() + ": " + e.getMessage(), e);
            }
        }
        Benchmark benchmark = step.test().benchmark();
        return measured(
                step,
                MeasurementForecast.of(
                        cost(step.base()),
                        benchmark,
                        step.test().questions(),
                        experiment.data().question(step.base()),
                        benchmark.card().asks().maxTokens(),
                        judge(),
                        experiment.bench().settings()),
                false);
    }

    private static ExperimentPlan.Planned measured(ExperimentStep step, MeasurementForecast forecast, boolean counted) {
        return new ExperimentPlan.Planned(
                step, forecast.asking().likely(), forecast.judging().likely(), counted);
    }
}
