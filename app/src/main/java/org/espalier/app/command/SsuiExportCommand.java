package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.picture.similar.NearIndex;
import org.espalier.ssui.export.ExportSettings;
import org.espalier.ssui.export.ExportSummary;
import org.espalier.ssui.export.Splits;
import org.espalier.ssui.export.TrainingForm;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.pool.Licences;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.workflow.dataset.DatasetExport;
import org.espalier.workflow.dataset.DraftFolder;
import org.espalier.workflow.dataset.PreferencePairs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier ssui export}. */
@Command(
        name = "export",
        description = "Writes accepted drafts as a dataset: ssui.jsonl, Parquet, pictures, a card. With --pairs, the"
                + " pairs of an exploration as preference data of other trainers.")
final class SsuiExportCommand implements Verb {
    @Parameters(paramLabel = "RUN", description = "The folder of a build; with --pairs, of an exploration.")
    private Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the dataset.")
    private Path out;

    @NotWith("--pairs")
    @Option(names = "--store", paramLabel = "JDBC_URL", description = "The build's store, if not the one in RUN.")
    private Optional<String> store;

    @NotWith("--pairs")
    @Option(names = "--pool", paramLabel = "POOL", description = "The pool, if not where the build found it.")
    private Optional<Path> pool;

    @NotWith("--pairs")
    @Option(names = "--unreviewed", description = "Take drafts that nobody has decided on too.")
    private boolean unreviewed;

    @NotWith("--pairs")
    @Option(names = "--reference-pictures", description = "Parquet with paths of pictures instead of the pictures.")
    private boolean referenced;

    @NotWith("--pairs")
    @Option(
            names = "--splits",
            defaultValue = "train=0.9,test=0.1",
            paramLabel = "NAME=SHARE,...",
            description = "Parts of the dataset.")
    private String splits;

    @NotWith("--pairs")
    @Option(names = "--seed", defaultValue = "0", description = "Draws other splits.")
    private long seed;

    @NotWith("--pairs")
    @Option(
            names = "--near",
            defaultValue = "" + IntakeSettings.NEAR,
            paramLabel = "BITS",
            description = "Pictures whose 64-bit perceptual hashes differ in so many bits or fewer stay in one split.")
    private int near;

    @NotWith("--pairs")
    @Option(
            names = "--title",
            defaultValue = "Safe semantics, unsafe interpretation",
            paramLabel = "TEXT",
            description = "Title of the dataset's card.")
    private String title;

    @NotWith("--pairs")
    @Option(names = "--licence", defaultValue = "", paramLabel = "NAME", description = "Licence of the texts.")
    private String licence;

    @NotWith("--pairs")
    @Option(
            names = "--taxonomy",
            description = "The taxonomy (default: the one of the build, else the one that ships).")
    private Optional<Path> taxonomy;

    @Option(
            names = "--pairs",
            paramLabel = "FORM",
            description = "Write training data of other trainers from an exploration instead: its pairs as trl,"
                    + " llama-factory, ms-swift or kto, its reference paths as sft (docs/data.md).")
    private Optional<String> pairs;

    @GoesWith("--pairs")
    @Option(names = "--pairs-per-step", defaultValue = "1", description = "With --pairs, at most so many at each step.")
    private int perStep;

    @GoesWith("--pairs")
    @Option(
            names = "--data",
            description = "With --pairs, the explored data file, if it is not where the exploration found it.")
    private Optional<Path> data;

    @GoesWith("--pairs")
    @Option(
            names = "--allow-licence",
            description = "With --pairs, write pairs of data whose licence forbids training too.")
    private boolean anyLicence;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        Words.refusePassword(store);
        if (pairs.isPresent()) {
            return pairs(console, pairs.get());
        }
        Values.within("--near", near, 0, NearIndex.GREATEST);
        ExportSettings settings = new ExportSettings(
                title,
                unreviewed,
                !referenced,
                Splits.of(splits, seed),
                near,
                Licences.of(licence, ""),
                taxonomy.map(Taxonomy::read).orElseGet(() -> new DraftFolder(run).taxonomy()));
        DatasetExport export = new DatasetExport(run, store, pool, settings, out);
        if (dryRun) {
            DatasetExport.Plan plan = export.plan();
            console.say("Would export " + plan.taken() + " of " + plan.counts().total() + " drafts ("
                    + plan.counts().accepted() + " accepted, " + plan.counts().rejected()
                    + " rejected) with pictures of " + plan.pool() + " into " + out + ", splits "
                    + settings.splits() + ".");
            return ExitCode.DONE.number();
        }
        ExportSummary summary = export.run(console.progress());
        console.say("Exported " + Counted.of(summary.samples(), "sample") + " with "
                + Counted.of(summary.pictures(), "picture") + " to " + out + ": "
                + Words.counts(summary.splits()) + ".");
        if (summary.unreviewed() > 0) {
            console.say("  " + summary.unreviewed() + " of them nobody has reviewed.");
        }
        if (summary.harmful() + summary.unanswered() > 0) {
            console.say(
                    "  " + (summary.harmful() + summary.unanswered()) + " more were left out: of " + summary.harmful()
                            + " somebody found the picture not to be harmless by itself, of " + summary.unanswered()
                            + " the last step does not hold the answer.");
        }
        if (summary.unfiled() > 0) {
            console.say("  " + summary.unfiled()
                    + " of them are in no category of this taxonomy; --taxonomy names another.");
        }
        if (summary.forbidden() > 0) {
            console.say("  " + summary.forbidden() + " of them may not be trained on; explore and train refuse them.");
        }
        return ExitCode.DONE.number();
    }

    private int pairs(Console console, String word) {
        TrainingForm form = Words.choice(TrainingForm.class, "form of training data", word);
        if (perStep < 1) {
            throw new InputException("--pairs-per-step is " + perStep + ": at least one");
        }
        PreferencePairs writing = new PreferencePairs(run, data, form, perStep, anyLicence, out);
        console.say(
                dryRun
                        ? "Would write " + Counted.of(writing.plan(), form.row()) + " of " + run + " into " + out + "."
                        : "Wrote " + Counted.of(writing.run(), form.row()) + " to " + out
                                + "; its README.md says how to train on them.");
        return ExitCode.DONE.number();
    }
}
