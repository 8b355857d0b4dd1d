package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.ssui.records.RecordSource;
import org.espalier.workflow.dataset.RecordImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier ssui import}. */
@Command(
        name = "import",
        description = "Makes drafts of published records, to be reviewed and exported like one's own.")
final class SsuiImportCommand implements Verb, Resumable {
    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "ssui:FILE.jsonl, siuo:siuo_gen.json=FOLDER, vlsbench:data.json=FOLDER,"
                    + " mssbench:combined.json=FOLDER; FOLDER is the one that the records name pictures below.")
    private List<String> sources;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder for drafts and pictures.")
    private Path out;

    @Mixin
    private LicenceOptions terms = new LicenceOptions();

    @Option(names = "--dry-run", description = "Read everything, say what would be made, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        RecordImport records =
                new RecordImport(sources.stream().map(RecordSource::of).toList(), out, terms.licence());
        tell(console, dryRun ? records.plan() : records.run(console.progress()));
        return ExitCode.DONE.number();
    }

    private void tell(Console console, RecordImport.Result result) {
        console.say((dryRun ? "Would make " : "Made ") + Counted.of(result.drafts(), "draft") + " in " + out
                + (result.known() > 0 ? "; " + result.known() + " were there already" : "") + ".");
        if (result.left() > 0) {
            console.say("  " + Counted.of(result.left(), "record holds", "records hold")
                    + " no path to reason along; left out.");
        }
        int missing = result.missing().size();
        if (missing > 0) {
            console.say("  "
                    + (missing == 1
                            ? "1 record shows a picture that is not there: "
                            : missing + " records show pictures that are not there, the first is ")
                    + result.missing().getFirst() + ".");
        }
        if (result.refused() > 0) {
            console.say("  " + Counted.of(result.refused(), "record shows a picture", "records show pictures")
                    + " that cannot be used: " + out.resolve(RecordImport.POOL).resolve("refused.jsonl")
                    + " says why.");
        }
    }
}
