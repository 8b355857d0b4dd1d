package org.espalier.workflow.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.settings.Resolved;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.ModelFolder;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.greenhouse.WorldDrawing;

/**
 * The paper's plan in small, on the greenhouse: its questions in the forms of the same benchmarks, its server as the judge. What
 * it shows is that every step runs; figures on so few questions say nothing of a method.
 *
 * @param models base models that know the greenhouse
 * @param questions that are trained on, an even number
 * @param ask so many units of each benchmark
 */
public record GreenhouseExperiment(
        List<Path> models,
        List<Experiment.Method> methods,
        Resolved<ExploreSettings> explore,
        Resolved<BenchSettings> bench,
        int questions,
        int ask,
        Path out,
        long seed) {
    /** Of which the benchmarks' forms are made: enough for each form to have its categories. */
    private static final int SHOWN = 40;
    /** As the world has them. */
    private static final int QUERY = 20;

    private static final int STEPS = 8;
    private static final int STEP = 10;
    private static final int PICTURE_TOKENS = 16;
    private static final List<String> TESTS =
            List.of("usb", "mllmguard", "mssbench", "safebench", "vlsbench", "rsbench");

    public GreenhouseExperiment {
        models = List.copyOf(models);
        methods = List.copyOf(methods);
    }

    /** The experiment itself. */
    public Experiment experiment() {
        Path world = out.resolve("world");
        return new Experiment(
                "The paper's plan on the greenhouse",
                bases(),
                new Experiment.TrainingData(
                        WorldDrawing.file(world, Part.TRAIN), "drawn with the world", questions, QUERY, STEPS, STEP),
                methods,
                TESTS.stream()
                        .map(name -> new Experiment.TestSet(
                                name,
                                world.resolve("benchmarks").resolve(name),
                                new BenchmarkChoice.Limit(OptionalInt.of(ask), OptionalInt.empty()),
                                ask))
                        .toList(),
                explore,
                bench,
                Optional.of(drawing(world)),
                Optional.empty(),
                PlacementChoice.USUAL,
                out,
                seed);
    }

    private List<Experiment.Base> bases() {
        List<Experiment.Base> bases = new ArrayList<>();
        for (Path folder : models) {
            ModelFolder model = ModelFolder.open(folder);
            String family = model.family().modelType();
            boolean again = bases.stream().anyMatch(base -> base.name().startsWith(family));
            bases.add(new Experiment.Base(
                    again ? family + "-" + (bases.size() + 1) : family,
                    Optional.of(folder),
                    "",
                    model.config().text(),
                    model.inventory().parameters(),
                    PICTURE_TOKENS));
        }
        return bases;
    }

    private WorldDrawing drawing(Path world) {
        Map<Part, Integer> sizes = new EnumMap<>(Map.of(Part.TRAIN, questions, Part.TEST_SEEN, SHOWN));
        Path first = models.getFirst();
        return new WorldDrawing(
                world,
                new WorldSettings(seed + 1, sizes),
                SplitFile.read(WorldFile.load(), first),
                "model " + first,
                Map.of());
    }
}
