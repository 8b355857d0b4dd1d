package org.espalier.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.espalier.app.console.Console;
import org.espalier.app.console.Durations;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.core.work.GroupRunner;
import org.espalier.report.StudyReport;
import org.espalier.report.study.RowCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;
import org.espalier.report.study.StudySummary;
import org.espalier.tensor.Blas;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.study.Study;
import org.espalier.workflow.study.StudyDesign;
import org.espalier.workflow.study.StudyForecast;
import org.espalier.workflow.study.StudyPart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier study}. */
@Command(
        name = "study",
        description =
                "Compares methods in many worlds with many seeds: paired differences with intervals, a page, tables."
                        + " The same command resumes it where it was stopped.")
final class StudyCommand implements Verb, Resumable {
    private static final String NAME = "espalier study";

    /** Rates of a cell that its line tells, those of the file before their variants. */
    private static final int TOLD = 24;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE.yaml",
            description = "What is compared, where (default: recipes/study.yaml, which says what each part means).")
    private Optional<Path> file;

    @Option(
            names = "--part",
            defaultValue = "core",
            paramLabel = "tune|core|curves",
            description = "tune: grids on the validation worlds; core: every row on the final worlds; curves: what is"
                    + " varied.")
    private String part;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "The folder of the study, for all of its parts (default: runs/study; with --quick runs/study-quick).")
    private Optional<Path> out;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            arity = "1",
            description = "A base model in place of the file's; may be given several times.")
    private List<Path> models = List.of();

    @Option(
            names = "--only",
            paramLabel = "BASE:WORLD:SEED",
            description =
                    "Do one cell alone; BASE is a number from 1, in the order of the file, or a name of the report.")
    private Optional<String> only;

    @NotWith("--ask")
    @Option(
            names = "--hours",
            paramLabel = "H",
            description =
                    "Ask fewer questions in every cell where all would take longer; told by what the first cell took.")
    private Optional<Double> hours;

    @Option(
            names = "--ask",
            description = "Ask so many questions of each test part, an even number (default: the file's).")
    private Optional<Integer> ask;

    @Option(
            names = "--quick",
            description = "A first look: the first cell alone, of one base model, one world and one seed.")
    private boolean quick;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--dry-run", description = "Say what would be done, and write nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) throws InterruptedException {
        Study study = study();
        StudyForecast forecast = study.forecast();
        if (cluster.elsewhere() && !dryRun) {
            return cluster.elsewhere(spec);
        }
        tell(console, study, forecast);
        if (dryRun) {
            cluster.told(NAME, PlacementChoice.USUAL).forEach(console::say);
            return ExitCode.DONE.number();
        }
        long start = System.nanoTime();
        StudyRecord record = cluster.asked()
                ? cluster.with(NAME, PlacementChoice.USUAL, console::say, runner -> onCluster(console, study, runner))
                : study.run(console::another, console::say, it -> tell(console, it));
        tell(console, record);
        console.say("");
        if (only.isPresent()) {
            console.say("The counts of the cell are in " + study.results().resolve("cells") + ".");
        }
        console.say("The report is " + study.results().resolve(StudyReport.PAGE) + " (all in "
                + Durations.text(Duration.ofNanos(System.nanoTime() - start)) + ").");
        return ExitCode.DONE.number();
    }

    private StudyRecord onCluster(Console console, Study study, GroupRunner runner) {
        return study.run(runner, StudyTask.of(study, models, quick), console.progress(), it -> tell(console, it));
    }

    private Study study() {
        StudyPart chosen = Words.choice(StudyPart.class, "part of a study", part);
        hours.filter(limit -> !(limit > 0 && limit <= 10_000)).ifPresent(limit -> {
            throw new InputException("--hours takes a number of hours above 0, at most 10000, not " + limit);
        });
        ask.filter(number -> number < 2 || number % 2 != 0 || number > 50_000).ifPresent(number -> {
            throw new InputException("--ask takes an even number from 2 to 50000, not " + number);
        });
        if (cluster.asked() && hours.isPresent()) {
            throw new InputException(
                    "--hours is told by what a cell takes on this machine alone: with --on say --ask N");
        }
        StudyDesign design = StudyTask.design(
                file.orElseGet(() -> Place.ofCheckout("recipes/study.yaml", "a study with --file")), models, quick);
        if (design.rows(chosen).isEmpty()) {
            throw new InputException(design.file() + " has no '" + part + "' to run");
        }
        return new Study(
                design,
                chosen,
                out.orElse(Path.of("runs", quick ? "study-quick" : "study")),
                only,
                hours.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                ask.map(OptionalInt::of).orElse(OptionalInt.empty()),
                words(),
                CheckoutHistory.of(design.file()));
    }

    /** As it can be typed again. */
    private String words() {
        StringBuilder words = new StringBuilder("./espalier study --part ").append(part);
        file.ifPresent(path -> words.append(" --file ").append(path));
        models.forEach(path -> words.append(" --model ").append(path));
        hours.ifPresent(limit -> words.append(" --hours ").append(limit));
        ask.ifPresent(number -> words.append(" --ask ").append(number));
        return words.append(quick ? " --quick" : "")
                .append(" --blas ")
                .append(Blas.chosen().label())
                .toString();
    }

    private void tell(Console console, Study study, StudyForecast forecast) {
        console.say("The part " + part + " of " + study.design().file() + ", in " + study.results() + ":");
        console.say(
                "  %s × %s; %s, %s and %s are to be made; %,d answers in all, %d questions of each test part",
                Counted.of(forecast.cells(), "cell"),
                Counted.of(forecast.rows(), "row"),
                Counted.of(forecast.explorations(), "exploration"),
                Counted.of(forecast.trainings(), "training"),
                Counted.of(forecast.measurements(), "measurement"),
                forecast.questionsAsked(),
                forecast.asked());
        console.say("  about " + Durations.text(forecast.time()) + " on "
                + Counted.of(forecast.processors(), "processor")
                + (forecast.explorations() + forecast.trainings() == 0
                        ? ""
                        : ", by rates that are corrected as soon as a stage is done"));
        hours.filter(limit -> forecast.time().toSeconds() > 3600 * limit && ask.isEmpty())
                .ifPresent(limit -> console.say("  That is more than " + limit
                        + " hours: after the first cell it is decided how many questions are asked of each part."));
    }

    private void tell(Console console, Study.Ended ended) {
        ended.leftOut().forEach((label, reason) -> console.say("Left out: " + label + ", since " + reason));
        List<String> rates = new ArrayList<>();
        for (RowCounts row : ended.counts().rows().values()) {
            StudyRate.SER
                    .of(StudyScope.ALL.of(row))
                    .ifPresent(ser -> rates.add(row.label() + String.format(Locale.ROOT, " %.1f", ser)));
        }
        console.say(
                "%d of %d  %s: SER %s%s",
                ended.done(),
                ended.cells(),
                ended.counts().cell().words(),
                String.join(", ", rates.subList(0, Math.min(TOLD, rates.size())))
                        + (rates.size() > TOLD ? " and " + (rates.size() - TOLD) + " more" : ""),
                ended.done() == ended.cells() ? "" : "; about " + Durations.text(ended.left()) + " left");
    }

    private void tell(Console console, StudyRecord record) {
        console.say("");
        if (record.part().equals(StudyPart.TUNE.label())) {
            console.say("SER on the validation worlds, percent:");
            for (RowFacts row : record.tried()) {
                console.say(
                        "  %-60s %s",
                        row.label(),
                        StudyRate.SER.of(StudyRecord.of(record.validation(), row, StudyScope.ALL)).stream()
                                .mapToObj(ser -> String.format(Locale.ROOT, "%5.1f", ser))
                                .findFirst()
                                .orElse("–"));
            }
        } else {
            new StudySummary(record).sentences().forEach(console::say);
        }
    }
}
