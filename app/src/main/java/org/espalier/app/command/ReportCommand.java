package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.report.Report;
import org.espalier.report.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier report}. */
@Command(name = "report", description = "Tells what runs found, on one page that needs no network.")
final class ReportCommand implements Verb {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs; a folder that holds runs stands for all of them.")
    private List<Path> runs;

    @Option(names = "--out", required = true, paramLabel = "FILE.html", description = "The page.")
    private Path out;

    @Option(names = "--json", description = "The figures as JSON too.")
    private Optional<Path> json;

    @Option(names = "--markdown", description = "The tables as Markdown too.")
    private Optional<Path> markdown;

    @Option(names = "--latex", description = "Table 1 with our rows as LaTeX too.")
    private Optional<Path> latex;

    @Option(names = "--csv", description = "Table 1 with our rows as comma-separated values too.")
    private Optional<Path> csv;

    @Option(
            names = "--questions",
            defaultValue = "" + Report.QUESTIONS,
            description = "Answers of each benchmark run that get a page of their own, in a folder beside FILE.html; 0"
                    + " for none.")
    private int questions;

    @Option(
            names = "--mix-protocols",
            description = "Report runs together that were measured in different ways; nothing is ranked then.")
    private boolean mix;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        List<Path> files = Stream.concat(
                        Stream.of(out), Stream.of(latex, csv, json, markdown).flatMap(Optional::stream))
                .toList();
        refuseToLose(files);
        Values.atLeast("--questions", questions, 0);
        if (dryRun) {
            Runs found = Runs.read(runs);
            console.say("Would report " + found.all().size() + " runs ("
                    + found.explorations().size() + " explorations, "
                    + found.trainings().size() + " trainings, "
                    + found.benches().size()
                    + " finished benchmarks) on " + out + ", in a few seconds.");
            return ExitCode.DONE.number();
        }
        Report.write(runs, out, questions, mix).forEach(console::say);
        latex.ifPresent(file -> Report.writeLatex(runs, file));
        csv.ifPresent(file -> Report.writeCsv(runs, file));
        json.ifPresent(file -> Report.writeJson(runs, file));
        markdown.ifPresent(file -> Report.writeMarkdown(runs, file));
        console.say("Wrote " + files.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".");
        return ExitCode.DONE.number();
    }

    /** A slip of the hand must not cost a measurement: only a report takes a report's place. */
    private static void refuseToLose(List<Path> files) {
        Set<Path> places = new HashSet<>();
        for (Path file : files) {
            if (!places.add(file.toAbsolutePath().normalize())) {
                throw new InputException(
                        "two forms of the report would go to " + file + ": give each a file of its own");
            }
            if (Files.isDirectory(file)) {
                throw new InputException(
                        file + " is a folder: name a file for the report, such as " + file.resolve("report.html"));
            }
            if (Files.isRegularFile(file) && !Report.isIn(file)) {
                throw new InputException(file + " is there already and is not a report: choose another file");
            }
        }
    }
}
