package org.espalier.report.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a run may be told apart from others of its name by, in the order in which people would: the base model, λ, the
 * training's seed, its other settings, where it lies; then the same of the run itself.
 *
 * @param ofModel what the model is, the same whatever it is measured on
 * @param ofRun what this run of it is
 * @param identity equal where the same model was measured
 */
record RunFacts(SequencedMap<String, String> ofModel, SequencedMap<String, String> ofRun, String identity) {
    /** Settings that a name already says, or that say nothing of the model. */
    private static final Set<String> SAID = Set.of("method", "refresh", "lambda", "allow-licence", "protocol");

    private static final String SETTING = "setting ";

    static RunFacts measured(RunInfo run, Optional<RunInfo> training) {
        SequencedMap<String, String> model = new LinkedHashMap<>();
        model(run).or(() -> training.flatMap(RunFacts::model)).ifPresent(name -> model.put("model", name));
        training.ifPresent(info -> trained(info, model));
        run.input("adapter").ifPresent(adapter -> places(model, "adapter", adapter));
        run.input("model").ifPresent(folder -> places(model, "model", folder));
        SequencedMap<String, String> own = new LinkedHashMap<>();
        run.seeds().forEach(seed -> own.put("measured " + seed.name(), "measured with seed " + seed.value()));
        run.configuration().stream()
                .filter(entry -> !SAID.contains(entry.name()))
                .forEach(entry -> own.put("measured " + entry.name(), entry.name() + " " + entry.value()));
        places(own, "run", run.folder());
        return new RunFacts(model, own, identity(run));
    }

    static RunFacts trained(RunInfo training) {
        SequencedMap<String, String> model = new LinkedHashMap<>();
        model(training).ifPresent(name -> model.put("model", name));
        trained(training, model);
        places(model, "run", training.folder());
        return new RunFacts(model, new LinkedHashMap<>(), training.folder().toString());
    }

    /** What the runs of a sweep over λ have in common: the base model, the method, its settings. */
    RunFacts common(String method) {
        SequencedMap<String, String> some = new LinkedHashMap<>();
        some.put("method", method);
        ofModel.forEach((fact, words) -> {
            if (fact.startsWith("model") || fact.startsWith(SETTING)) {
                some.put(fact, words);
            }
        });
        return new RunFacts(some, new LinkedHashMap<>(), "");
    }

    private static void trained(RunInfo training, Map<String, String> facts) {
        training.setting("lambda").ifPresent(lambda -> facts.put("lambda", "λ " + lambda));
        training.seeds()
                .forEach(seed -> facts.put(
                        "seed " + seed.name(),
                        (seed.name().equals("run") ? "seed" : seed.name()) + " " + seed.value()));
        training.configuration().stream()
                .filter(entry -> !SAID.contains(entry.name()))
                .forEach(entry -> facts.put(SETTING + entry.name(), entry.name() + " " + entry.value()));
        training.input("trees").ifPresent(trees -> facts.put("trees", "on " + last(trees, 2)));
    }

    /** The base model by the name of its folder, or as an endpoint calls it. */
    static Optional<String> model(RunInfo run) {
        return run.input("model").map(folder -> last(folder, 1)).or(() -> run.setting("model-name"));
    }

    /** The base model by its hash, else its name. */
    static Optional<String> base(RunInfo run) {
        return run.inputs().stream()
                .filter(input -> input.name().equals("model") && !input.value().isEmpty())
                .map(RunInfo.Entry::value)
                .findFirst()
                .or(() -> model(run));
    }

    /** The name of a folder, then as much of its path as two of the same name need. */
    private static void places(Map<String, String> facts, String what, Path folder) {
        for (int names = 1; names <= 3; names++) {
            facts.put(what + " place " + names, last(folder, names));
        }
        facts.put(what + " place", folder.toAbsolutePath().normalize().toString());
    }

    private static String last(Path folder, int names) {
        Path whole = folder.toAbsolutePath().normalize();
        int count = whole.getNameCount();
        return whole.subpath(Math.max(0, count - names), count).toString();
    }

    private static String identity(RunInfo run) {
        StringBuilder identity = new StringBuilder();
        run.inputs().stream()
                .filter(input -> input.name().equals("model") || input.name().equals("adapter"))
                .forEach(input -> identity.append(
                        input.name() + " " + (input.value().isEmpty() ? input.source() : input.value()) + "\n"));
        run.setting("endpoint").ifPresent(identity::append);
        run.setting("model-name").ifPresent(identity::append);
        return identity.toString();
    }
}
