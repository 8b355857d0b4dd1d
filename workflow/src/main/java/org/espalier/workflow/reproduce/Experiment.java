package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.settings.Resolved;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.greenhouse.WorldDrawing;

/**
 * Base models, each explored, trained by every method, and measured on every benchmark before and after.
 *
 * @param title for people
 * @param world that is drawn first; empty where data of others are used
 * @param judge of every benchmark that needs one; empty: the server that plays one is started for as long as it is asked
 * @param placement where models are computed
 * @param out the folder of all runs
 * @param seed names every random number
 */
public record Experiment(
        String title,
        List<BaseModel> bases,
        TrainingData data,
        List<Method> methods,
        List<TestSet> tests,
        Resolved<ExploreSettings> explore,
        Resolved<BenchSettings> bench,
        Optional<WorldDrawing> world,
        Optional<EndpointPlan> judge,
        PlacementChoice placement,
        Path out,
        long seed) {
    public Experiment {
        bases = List.copyOf(bases);
        methods = List.copyOf(methods);
        tests = List.copyOf(tests);
    }

    /** A way to train, by its name. */
    public record Method(String name, Resolved<TrainSettings> settings) {}
}
