package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.workflow.reproduce.Experiment.Method;
import org.espalier.workflow.train.AdapterTraining;

/** A step of an experiment: the run of one verb, in a folder of its own below that of its base model. */
public sealed interface ExperimentStep {
    /** What an untrained model is called in folders. */
    String BASE = "base";

    /** Draws the data. */
    record Draw() implements ExperimentStep {}

    record Explore(Experiment.Base base) implements ExperimentStep {}

    record Train(Experiment.Base base, Method method) implements ExperimentStep {}

    /** @param method that trained the model; empty for the base model */
    record Measure(Experiment.Base base, Optional<Method> method, Experiment.TestSet test) implements ExperimentStep {}

    /** Writes the page over all. */
    record Tell() implements ExperimentStep {}

    /** Its folder below that of the experiment, and its name. */
    default String name() {
        return switch (this) {
            case Draw _ -> "world";
            case Explore(Experiment.Base base) -> base.name() + "/explore";
            case Train(Experiment.Base base, Method method) -> base.name() + "/train-" + method.name();
            case Measure(Experiment.Base base, Optional<Method> method, Experiment.TestSet test) ->
                base.name() + "/bench-" + method.map(Method::name).orElse(BASE) + "-" + test.name();
            case Tell _ -> "report.html";
        };
    }

    default Path in(Experiment experiment) {
        return experiment.out().resolve(name());
    }

    /** The adapter that a measurement measures. */
    static Optional<Path> adapter(Experiment experiment, Measure step) {
        return step.method()
                .map(method -> new Train(step.base(), method).in(experiment).resolve(AdapterTraining.ADAPTER));
    }

    /** All steps of an experiment, each behind those that it needs. */
    static List<ExperimentStep> of(Experiment experiment) {
        List<ExperimentStep> steps = new ArrayList<>();
        experiment.world().ifPresent(_ -> steps.add(new Draw()));
        for (Experiment.Base base : experiment.bases()) {
            steps.add(new Explore(base));
            experiment.methods().forEach(method -> steps.add(new Train(base, method)));
            for (Experiment.TestSet test : experiment.tests()) {
                steps.add(new Measure(base, Optional.empty(), test));
                experiment.methods().forEach(method -> steps.add(new Measure(base, Optional.of(method), test)));
            }
        }
        steps.add(new Tell());
        return steps;
    }
}
