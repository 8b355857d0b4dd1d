package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.picture.PictureLimits;
import org.espalier.picture.similar.NearIndex;
import org.espalier.ssui.agent.AgentPrompt;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.intake.IntakeSummary;
import org.espalier.ssui.intake.PictureList;
import org.espalier.ssui.intake.SourceWords;
import org.espalier.ssui.pool.Pool;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.dataset.PoolIntake;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier ssui intake}. */
@Command(
        name = "intake",
        description = "Fills a pool with pictures: sampled, each once, within limits, licence and source kept. The same"
                + " command resumes it where it was stopped.")
final class SsuiIntakeCommand implements Verb, Resumable {
    private static final String NAME = "espalier ssui intake";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "A folder, a .parquet file, egoshots:FOLDER, open-images:METADATA.csv=FOLDER,"
                    + " coco:ANNOTATIONS.json=FOLDER, parquet:FILE-or-FOLDER.")
    private List<String> sources;

    @Option(names = "--out", required = true, paramLabel = "POOL", description = "The folder of the pool.")
    private Path out;

    @Option(names = "--limit", description = "So many pictures, drawn by --seed (default: all).")
    private Optional<Integer> limit;

    @Option(
            names = "--draw",
            description = "Candidates to draw, more than the limit since some will be refused (default: twice the limit"
                    + " and 1000).")
    private Optional<Integer> draw;

    @Option(names = "--seed", defaultValue = "0", description = "Draws another sample.")
    private long seed;

    @Option(
            names = "--near",
            defaultValue = "" + IntakeSettings.NEAR,
            paramLabel = "BITS",
            description = "Pictures whose 64-bit perceptual hashes differ in so many bits or fewer are near-duplicates:"
                    + " 0 to " + NearIndex.GREATEST + ", or -1 for none.")
    private int near;

    @Option(names = "--max-mib", defaultValue = "32", description = "Greatest size of a file in MiB.")
    private int maxMib;

    @Option(names = "--max-megapixels", defaultValue = "50", description = "Greatest size of a picture.")
    private int maxMegapixels;

    @Option(
            names = "--min-side",
            defaultValue = "28",
            paramLabel = "PIXELS",
            description = "Shortest side of a picture.")
    private int minSide;

    @Mixin
    private LicenceOptions terms = new LicenceOptions();

    @Option(
            names = "--endpoints",
            description = "Have each picture verified alone by the endpoint that plays 'safety' (default: pictures stay"
                    + " unverified until review).")
    private Optional<Path> endpoints;

    @Option(
            names = "--prompt",
            paramLabel = "safety=FILE",
            description = "A prompt of your own for whoever verifies the pictures.")
    private Map<String, Path> prompts = Map.of();

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) throws InterruptedException {
        SortedMap<String, String> origins = SettingFlags.origins(spec);
        origins.put("sources", "the command line");
        PoolIntake intake = new PoolIntake(
                sources,
                sources.stream()
                        .map(words -> SourceWords.of(words, Set.of()).pictures())
                        .toList(),
                out,
                settings(),
                endpoints,
                prompt(),
                origins);
        if (dryRun) {
            tell(console, intake);
            cluster.told(NAME, PlacementChoice.USUAL).forEach(console::say);
            return ExitCode.DONE.number();
        }
        if (cluster.elsewhere()) {
            intake.plan();
            return cluster.elsewhere(spec);
        }
        IntakeSummary summary = cluster.with(
                NAME, PlacementChoice.USUAL, console::say, runner -> intake.run(runner, console.progress()));
        tell(console, summary);
        if (summary.open() > 0) {
            return ExitCode.SURROUNDINGS.number();
        }
        return (summary.pooled() == 0 ? ExitCode.NO : ExitCode.DONE).number();
    }

    private void tell(Console console, PoolIntake intake) {
        IntakeSettings settings = intake.settings();
        console.say("Would read " + Counted.of(intake.sources().size(), "source") + " into " + out + ":");
        Words.found(out, intake.plan()).forEach(console::say);
        intake.sources().stream().map(PictureList::title).forEach(title -> console.say("  " + title));
        console.say(
                settings.limit() == IntakeSettings.ALL
                        ? "  every picture, up to " + settings.drawn()
                        : "  " + settings.limit() + " pictures of a draw of " + settings.drawn() + " by seed "
                                + settings.seed());
        console.say("  each at least " + minSide + " pixels wide and high, at most " + maxMegapixels
                + " megapixels and " + maxMib + " MiB");
        console.say(endpoints
                .map(file -> "  each picture verified alone by the safety agent of " + file)
                .orElse("  pictures stay unverified until review"));
    }

    private AgentPrompt prompt() {
        prompts.keySet().stream()
                .filter(agent -> !agent.equals(PoolIntake.SAFETY))
                .findFirst()
                .ifPresent(agent -> {
                    throw Words.unknown("agent", agent, List.of(PoolIntake.SAFETY));
                });
        if (!prompts.isEmpty() && endpoints.isEmpty()) {
            throw new InputException("--prompt is for whoever verifies the pictures: name them with --endpoints");
        }
        return Optional.ofNullable(prompts.get(PoolIntake.SAFETY))
                .or(() -> endpoints.flatMap(file ->
                        Agents.readEndpoints(file).settings(PoolIntake.SAFETY).prompt()))
                .map(AgentPrompt::read)
                .orElseGet(() -> AgentPrompt.shipped(PoolIntake.SAFETY));
    }

    private void tell(Console console, IntakeSummary summary) {
        console.say("Took " + summary.pooled() + " of " + summary.seen() + " pictures looked at, out of "
                + summary.present() + " that are there"
                + (summary.present() < summary.rows() ? " of " + summary.rows() + " named." : "."));
        summary.refused().forEach((reason, count) -> console.say("  %6d %s", count, reason));
        if (!summary.refused().isEmpty()) {
            console.say("Which were not taken, and why, is in " + out.resolve(Pool.REFUSED) + ".");
        }
        if (limit.isPresent() && summary.pooled() < limit.get()) {
            console.say("That is fewer than the " + limit.get() + " wanted: "
                    + (summary.drawn() < summary.present()
                            ? "draw more candidates with --draw."
                            : "the sources hold no more that can be used."));
        }
        if (summary.unverified() > 0) {
            console.say(summary.unverified() + " of those taken could not be verified (" + summary.why() + "): "
                    + (summary.open() > 0
                            ? "the same command asks again about " + summary.open() + " of them."
                            : "they are unverified in the pool, for people to look at."));
        }
        console.say("The pool is in " + out + ".");
    }

    private IntakeSettings settings() {
        if (limit.orElse(1) < 1) {
            throw new InputException("--limit is " + limit.orElse(1) + ": at least one picture is needed");
        }
        Values.within("--near", near, -1, NearIndex.GREATEST);
        if (maxMib < 1 || maxMib > 1024 || maxMegapixels < 1 || maxMegapixels > 700 || minSide < 1) {
            throw new InputException(
                    "--max-mib goes from 1 to 1024, --max-megapixels from 1 to 700, --min-side from 1");
        }
        int most = limit.orElse(IntakeSettings.ALL);
        int drawn = draw.orElseGet(() -> IntakeSettings.drawnFor(most));
        if (drawn < 1 || (limit.isPresent() && drawn < most)) {
            throw new InputException("--draw is " + drawn + ": draw at least as many as --limit");
        }
        PictureLimits limits = new PictureLimits((long) maxMib << 20, maxMegapixels * 1_000_000L, minSide);
        return new IntakeSettings(most, drawn, seed, near, limits, terms.licence());
    }
}
