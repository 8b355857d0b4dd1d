package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.picture.similar.NearIndex;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.dataset.PoolComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier ssui alike}. */
@Command(
        name = "alike",
        description =
                "Says which pictures of pools look like an earlier one, of the same pool or another; 'ssui remove'"
                        + " takes them out.")
final class SsuiAlikeCommand implements Verb {
    private static final String NAME = "espalier ssui alike";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "POOL",
            description = "Folders of pools; pictures of one that is named first are the earlier ones.")
    private List<Path> pools;

    @Option(
            names = "--out",
            required = true,
            description = "A line of JSON for each picture that looks like an earlier one, with that one.")
    private Path out;

    @Option(
            names = "--near",
            defaultValue = "" + IntakeSettings.NEAR,
            paramLabel = "BITS",
            description = "Pictures whose 64-bit perceptual hashes differ in so many bits or fewer look alike: 0 to "
                    + NearIndex.GREATEST)
    private int near;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public int run(Console console) throws InterruptedException {
        Values.within("--near", near, 0, NearIndex.GREATEST);
        if (cluster.elsewhere()) {
            return cluster.elsewhere(spec);
        }
        PoolComparison comparison = new PoolComparison(pools, near, out);
        PoolComparison.Result result = cluster.with(
                NAME, PlacementChoice.USUAL, console::say, runner -> comparison.run(runner, console.progress()));
        console.say("Of " + Counted.of(result.pictures(), "picture") + " in " + Counted.of(pools.size(), "pool") + ", "
                + result.alike() + " look like an earlier one: " + out + " says which.");
        return ExitCode.DONE.number();
    }
}
