package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Convention;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.Judges;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.ModelMeasurement;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.PathSource;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.train.AdapterTraining;
import org.espalier.workflow.train.Processes;
import org.espalier.workflow.train.TrainingSource;

/** The runs that the steps of an experiment are. */
record StepRuns(Experiment experiment, EndpointPlan judge) {
    private static Path folder(Experiment.Base base) {
        return base.folder().orElseThrow(() -> new IllegalStateException(base.name() + " is not here"));
    }

    Exploration exploration(ExperimentStep.Explore step) {
        return new Exploration(
                new PathSource.Checkpoint(folder(step.base()), Optional.empty(), experiment.placement()),
                experiment.data().file(),
                step.in(experiment),
                VerifierChoice.Shipped.AUTO,
                false,
                experiment.seed(),
                experiment.explore());
    }

    AdapterTraining training(ExperimentStep.Train step) {
        return new AdapterTraining(
                folder(step.base()),
                new TrainingSource.Explored(
                        new ExperimentStep.Explore(step.base()).in(experiment),
                        Optional.of(experiment.data().file())),
                Optional.empty(),
                step.in(experiment),
                false,
                VerifierChoice.Shipped.AUTO,
                experiment.seed(),
                step.method().settings(),
                experiment.explore(),
                experiment.placement(),
                Processes.USUAL);
    }

    ModelMeasurement measurement(ExperimentStep.Measure step) {
        Experiment.TestSet test = step.test();
        return new ModelMeasurement(
                new BenchmarkChoice(test.name(), test.data(), test.limit(), Optional.empty(), 1, Convention.OURS),
                new MeasuredModel.Local(
                        folder(step.base()), ExperimentStep.adapter(experiment, step), experiment.placement()),
                new Judges.Models(List.of(judge)),
                step.in(experiment),
                Optional.of(step.base().name()
                        + step.method().map(method -> " + " + method.name()).orElse("")),
                experiment.seed(),
                experiment.bench());
    }

    /** Of all runs that the report tells of. */
    List<Path> folders() {
        return ExperimentStep.of(experiment).stream()
                .filter(step -> !(step instanceof ExperimentStep.Draw || step instanceof ExperimentStep.Tell))
                .map(step -> step.in(experiment))
                .toList();
    }
}
