package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.picture.similar.NearIndex;
import org.espalier.ssui.check.CheckReport;
import org.espalier.ssui.check.CheckSettings;
import org.espalier.ssui.check.DataCheck;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.taxonomy.Taxonomy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier ssui check}. */
@Command(
        name = "check",
        description =
                "Checks data: form, pictures (and that none was swapped), categories, licences, and that no picture or near-duplicate is in two"
                        + " splits. Exits with 1 if something is wrong.")
final class SsuiCheckCommand implements Verb {
    /** The name that stands for the taxonomy that ships. */
    private static final String COMPOSED = "composed";

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "An ssui.jsonl, or the folder of a dataset; of several, one without the field \"split\" is a split of its own.")
    private List<Path> files;

    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            description = "The taxonomy that categories must be in; '" + COMPOSED + "' is the one that ships (default:"
                    + " their form alone is checked).")
    private Optional<String> taxonomy;

    @Option(
            names = "--near",
            defaultValue = "" + IntakeSettings.NEAR,
            paramLabel = "BITS",
            description = "Pictures whose 64-bit perceptual hashes differ in so many bits or fewer may not be in two"
                    + " splits.")
    private int near;

    @Option(names = "--show", defaultValue = "20", description = "Faults spelt out a file; all are counted.")
    private int show;

    @Override
    public int run(Console console) {
        Values.within("--near", near, 0, NearIndex.GREATEST);
        Optional<Taxonomy> known =
                taxonomy.map(name -> name.equals(COMPOSED) ? Taxonomy.composed() : Taxonomy.read(Path.of(name)));
        CheckReport report = new DataCheck(files, new CheckSettings(known, near, show)).run(console.progress());
        report.faults().forEach(console::say);
        if (report.count() > report.faults().size()) {
            console.say("and " + (report.count() - report.faults().size()) + " more faults (--show N shows more)");
        }
        console.say((report.sound() ? "Sound: " : Counted.of(report.count(), "fault") + "; ")
                + Counted.of(report.samples(), "sample") + ", " + Counted.of(report.pictures(), "picture")
                + (report.splits().isEmpty() ? "" : ", splits " + Words.counts(report.splits()))
                + (report.licences().isEmpty() ? "" : ", licences " + Words.counts(report.licences()))
                + (report.forbidden() == 0 ? "" : "; " + report.forbidden() + " may not be trained on")
                + ".");
        return (report.sound() ? ExitCode.DONE : ExitCode.NO).number();
    }
}
