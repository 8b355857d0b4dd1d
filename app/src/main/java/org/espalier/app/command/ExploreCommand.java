package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.config.Recipes;
import org.espalier.app.config.Section;
import org.espalier.app.console.Console;
import org.espalier.core.ExploreSummary;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.PathSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier explore}. */
@Command(name = "explore", description = "Draws a model's reasoning paths and branches them at every step (Eq. 1-4).")
final class ExploreCommand implements Verb, Resumable, TakesSettings {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PathSourceOptions source;

    @Option(
            names = "--data",
            required = true,
            converter = HubFolder.DataFile.class,
            description = "Questions: an ssui.jsonl, or Parquet with its columns.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this run.")
    private Path out;

    @Mixin
    private VerifierOptions verifier;

    @GoesWith("--verifier judge")
    @Option(
            names = "--store",
            paramLabel = "JDBC_URL",
            description = "A PostgreSQL database (jdbc:postgresql://...) for the answers of --verifier judge, which the"
                    + " processes of --on share (default: a file in RUN).")
    private Optional<String> store = Optional.empty();

    @Option(
            names = "--allow-licence",
            description = "Use data although their licence forbids training: you have the right from elsewhere.")
    private boolean anyLicence;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public List<Section> sections() {
        return List.of(Section.RUN, Section.EXPLORE);
    }

    @Override
    public int run(Console console) throws InterruptedException {
        Words.refusePassword(store);
        Recipes recipes = SettingFlags.read(spec, this);
        Exploration exploration = new Exploration(
                source.source(),
                data,
                out,
                verifier.choice(source.file(), store),
                anyLicence,
                recipes.seed(),
                recipes.explore());
        if (cluster.asked()) {
            exploration.elsewhere();
        }
        if (dryRun) {
            tell(console, exploration);
            return ExitCode.DONE.number();
        }
        if (cluster.elsewhere()) {
            exploration.plan();
            return cluster.elsewhere(spec);
        }
        exploration.notes().forEach(console::say);
        ExploreSummary summary = cluster.with(
                "espalier explore",
                placement(exploration.source()),
                console::say,
                runner -> exploration.run(runner, console.progress()));
        console.say("Explored " + Counted.of(summary.questions(), "question") + ": "
                + Counted.of(summary.pairs(), "pair") + " from " + Counted.of(summary.paths(), "path") + ".");
        summary.outcomes().forEach((outcome, count) -> console.say("  %5d %s", count, outcome));
        if (summary.undecided() > 0) {
            console.say("  On " + Counted.of(summary.undecided(), "path")
                    + " the verifier gave no verdict: they are in no" + " pair.");
        }
        console.say("The trees are in " + out + ".");
        return ExitCode.DONE.number();
    }

    private static PlacementChoice placement(PathSource source) {
        return source instanceof PathSource.Checkpoint local ? local.placement() : PlacementChoice.USUAL;
    }

    private void tell(Console console, Exploration exploration) {
        Exploration.Plan plan = exploration.plan();
        String who = switch (exploration.source()) {
            case PathSource.Checkpoint(Path model, Optional<Path> adapter, PlacementChoice _) ->
                model + adapter.map(folder -> " with adapter " + folder).orElse("");
            case PathSource.Remote(EndpointPlan endpoint, ContinuationMode mode) ->
                endpoint.model() + " behind " + endpoint.baseUrl() + " (" + mode.label() + ")";
        };
        console.say("Would explore " + Counted.of(plan.questions(), "question") + " of " + data + " with " + who
                + " into " + out + "; the verifier is '" + plan.verifier() + "'.");
        Words.found(out, plan.found()).forEach(console::say);
        plan.notes().forEach(console::say);
        cluster.told("espalier explore", placement(exploration.source())).forEach(console::say);
        CostText.exploration(exploration.forecast(), exploration.settings().settings())
                .forEach(console::say);
    }
}
