package org.espalier.app.config;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.settings.Setting;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Objectives;
import org.espalier.srpo.train.TrainSettings;

/** A complete set of settings that recipes start from. Each value says its source where its room states it. */
record Preset(
        String name,
        RunSettings run,
        ExploreSettings explore,
        TrainSettings train,
        List<Objective> objectives,
        BenchSettings bench) {
    /** What holds for a whole run; stands at the top of a recipe. */
    public record RunSettings(
            @Setting(help = "Names every random number of the run.")
            long seed) {
        static final RunSettings DEFAULT = new RunSettings(0);
    }

    /** As "SRPO" states it. */
    static final Preset PAPER = new Preset(
            "paper",
            RunSettings.DEFAULT,
            ExploreSettings.PAPER,
            TrainSettings.PAPER,
            Objectives.PAPER,
            BenchSettings.PAPER);

    /** Where the public code of its text-only ancestor, Reasoning Paths Optimization, differs. */
    private static final Preset RPO = new Preset(
            "rpo", RunSettings.DEFAULT, ExploreSettings.RPO, TrainSettings.RPO, Objectives.RPO, BenchSettings.RPO);

    private static final List<Preset> ALL = List.of(PAPER, RPO);

    static final List<String> NAMES = ALL.stream().map(Preset::name).toList();

    Preset {
        objectives = List.copyOf(objectives);
    }

    static Optional<Preset> named(String name) {
        return ALL.stream().filter(preset -> preset.name.equals(name)).findFirst();
    }

    /** The settings of a method. */
    Record objective(String method) {
        return (Record) objectives.stream()
                .filter(objective -> objective.name().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(method));
    }
}
