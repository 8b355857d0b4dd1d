package org.espalier.workflow.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Benchmark;
import org.espalier.core.InputException;
import org.espalier.core.settings.Resolved;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.model.decoder.TextShape;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Orpo;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.train.TrainingSet;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.explore.ExplorationForecast;
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
        List<Base> bases,
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
    /**
     * Questions with reference paths, and what is taken for them where they are not here.
     *
     * @param file an {@code ssui.jsonl}
     * @param source where they come from, in words
     * @param query tokens of a question beside its picture
     * @param steps of a path
     * @param step tokens of one
     */
    public record TrainingData(Path file, String source, int questions, int query, int steps, int step) {
        int path() {
            return steps * step;
        }

        int question(Experiment.Base base) {
            return base.pictureTokens() + query;
        }

        /** What exploration goes through, with so many solved questions before each. */
        ExplorationForecast.Tokens tokens(Experiment.Base base, int examples, boolean pictures) {
            int shown = (pictures ? base.pictureTokens() : 0) + query + path();
            return new ExplorationForecast.Tokens(question(base) + (double) examples * shown, path(), steps);
        }

        /** What training goes through, shared tokens counted once. */
        TrainingSet.Extent extent(Experiment.Base base, Objective objective) {
            int paths = switch (objective) {
                case Sft _ -> 1;
                case Dpo _, Orpo _ -> 2;
                // The reference path, the trunk, and two branches at each place but the last; these are half as long as
                // a
                // path.
                default -> 2 * steps;
            };
            int whole = Math.min(paths, 2);
            int tokens = question(base) + whole * path() + (paths - whole) * path() / 2;
            return new TrainingSet.Extent(questions, paths, tokens, tokens);
        }
    }

    /**
     * A base model of an experiment.
     *
     * @param name in folders and tables
     * @param folder empty where it is not on this machine
     * @param fetch what brings it here, in words
     * @param shape of its language model, as published
     * @param parameters as published
     * @param pictureTokens of a picture, about
     */
    public record Base(
            String name, Optional<Path> folder, String fetch, TextShape shape, long parameters, int pictureTokens) {}

    /**
     * A benchmark of an experiment.
     *
     * @param name of one that ships
     * @param data where its files are, or would be
     * @param questions that are asked, where its files are not here
     */
    public record TestSet(String name, Path data, BenchmarkChoice.Limit limit, int questions) {
        boolean here() {
            return Files.exists(data);
        }

        /** The benchmark itself. */
        Benchmark benchmark() {
            return Benchmarks.shipped()
                    .named(name)
                    .orElseThrow(() -> new InputException("there is no benchmark '" + name + "'"));
        }
    }

    public Experiment {
        bases = List.copyOf(bases);
        methods = List.copyOf(methods);
        tests = List.copyOf(tests);
    }

    /** A way to train, by its name. */
    public record Method(String name, Resolved<TrainSettings> settings) {}

    /** What is not on this machine, and without which it cannot begin, in sentences. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        bases.stream()
                .filter(base -> base.folder().isEmpty())
                .forEach(base -> missing.add("the base model " + base.name() + " is not here: " + base.fetch()));
        if (world.isPresent()) {
            return missing;
        }
        if (!Files.exists(data.file())) {
            missing.add("the questions to train on are not here (" + data.file() + "): " + data.source());
        }
        tests.stream().filter(test -> !test.here()).forEach(test -> {
            var card = test.benchmark().card();
            missing.add("the data of " + card.title() + " are not here (" + test.data() + "): " + card.files());
        });
        judge.ifPresent(asked -> asked.key()
                .trouble(Map.copyOf(System.getenv()))
                .ifPresent(why -> missing.add("the judge " + asked.model() + " cannot be asked: " + why)));
        return missing;
    }
}
