package org.espalier.workflow.reproduce;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.endpoint.plan.EndpointPlan;

/** What an experiment needs that is not on this machine. */
record Missing(Experiment experiment) {
    /** Without which it cannot begin, in sentences. */
    List<String> toRun() {
        List<String> missing = new ArrayList<>();
        experiment.bases().stream()
                .filter(base -> base.folder().isEmpty())
                .forEach(base -> missing.add("the base model " + base.name() + " is not here: " + base.fetch()));
        if (experiment.world().isPresent()) {
            return missing;
        }
        TrainingData data = experiment.data();
        if (!Files.exists(data.file())) {
            missing.add("the questions to train on are not here (" + data.file() + "): " + data.source());
        }
        experiment.tests().stream().filter(test -> !test.here()).forEach(test -> {
            var card = test.benchmark().card();
            missing.add("the data of " + card.title() + " are not here (" + test.data() + "): " + card.files());
        });
        experiment.judge().ifPresent(judge -> key(judge, missing));
        return missing;
    }

    private static void key(EndpointPlan judge, List<String> missing) {
        judge.key()
                .trouble(Map.copyOf(System.getenv()))
                .ifPresent(why -> missing.add("the judge " + judge.model() + " cannot be asked: " + why));
    }
}
