package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.bench.run.JudgeComparison;
import org.espalier.bench.run.JudgeErrorRates;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.stats.Confusion;
import org.espalier.bench.stats.Interval;
import org.espalier.bench.stats.KrippendorffAlpha;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.workflow.bench.JudgeMeasurement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier bench agreement}. */
@Command(
        name = "agreement",
        description = "Measures the judge of a run: how far it agrees with exact rules, with people, or with another"
                + " judge, where it errs, and what it cost.")
final class BenchAgreementCommand implements Verb {
    @Parameters(paramLabel = "RUN", description = "A run whose judge is measured.")
    private Path run;

    @Option(
            names = "--rules",
            description = "Against the greenhouse's exact rules on the questions of this ssui.jsonl.")
    private Optional<Path> rules;

    @Option(
            names = "--labels",
            description =
                    "Against labels of people: the studio's human-labels.jsonl (most voices count), or JSON lines in"
                            + " the form of judgements.jsonl.")
    private Optional<Path> labels;

    @Option(names = "--against", paramLabel = "RUN", description = "Against the judge of another run of these answers.")
    private Optional<Path> against;

    @Override
    public int run(Console console) {
        if (Stream.of(rules, labels, against).filter(Optional::isPresent).count() != 1) {
            throw new InputException("say whom to measure the judge against by one of --rules, --labels, --against");
        }
        JudgeMeasurement measured = JudgeMeasurement.of(run, rules, labels, against);
        tell(console, measured.comparison(), measured.bootstrap());
        measured.people().forEach((question, alpha) -> tell(console, question, alpha, measured.bootstrap()));
        rules.flatMap(data -> JudgeMeasurement.errors(run, data)).ifPresent(it -> tell(console, it));
        if (measured.calls() > 0) {
            console.say("the judge answered " + measured.calls() + " calls"
                    + (measured.cost().signum() == 0
                            ? "; no prices are known"
                            : " for " + measured.cost().stripTrailingZeros().toPlainString()));
        }
        return ExitCode.DONE.number();
    }

    private void tell(Console console, JudgeErrorRates errors) {
        console.say("in which ways it errs, percent with 95 % intervals:");
        errors.rates()
                .forEach((kind, rate) -> console.say(
                        "  %-24s %5.1f (%.1f–%.1f)  %d of %d  %s",
                        kind.title(),
                        100 * rate.share(),
                        100 * rate.interval().low(),
                        100 * rate.interval().high(),
                        rate.times(),
                        rate.of(),
                        kind.words()));
    }

    private void tell(Console console, JudgeComparison comparison, Bootstrap bootstrap) {
        comparison.aspects().forEach((question, confusion) -> tell(console, question, confusion, bootstrap));
        if (comparison.aspects().isEmpty()) {
            console.say("there is no answer that both judged");
        }
        if (comparison.unjudged() + comparison.unlabelled() > 0) {
            console.say("left out: " + comparison.unjudged() + " without a verdict of the judge, "
                    + comparison.unlabelled() + " without one of the other");
        }
        if (comparison.ruled() > 0) {
            console.say("left out: " + comparison.ruled() + " that a rule of the benchmark's decides, not its judge");
        }
    }

    private void tell(Console console, String question, KrippendorffAlpha alpha, Bootstrap bootstrap) {
        double value = alpha.value();
        console.say(question + ": people among each other, Krippendorff's alpha "
                + (Double.isNaN(value)
                        ? "is not defined, because all of them always said the same"
                        : String.format(Locale.ROOT, "%.2f%s", value, interval(alpha.interval(bootstrap), 1, 2)))
                + " (" + Counted.of(alpha.compared(), "answer") + " that more than one of them judged)");
    }

    private static String interval(Optional<Interval> interval, int scale, int digits) {
        String number = "%." + digits + "f";
        return interval.map(it -> String.format(
                        Locale.ROOT, " (" + number + "–" + number + ")", scale * it.low(), scale * it.high()))
                .orElse("");
    }

    private void tell(Console console, String what, Confusion confusion, Bootstrap bootstrap) {
        if (confusion.total() == 0) {
            console.say(what + ": there is no answer that both judged");
            return;
        }
        List<Optional<Interval>> intervals = confusion.intervals(bootstrap);
        console.say(
                "%s: agreement %.1f %%%s on %d answers, kappa %.2f%s; the judge down, the other across",
                what,
                100 * confusion.agreement(),
                interval(intervals.getFirst(), 100, 1),
                confusion.total(),
                confusion.kappa(),
                interval(intervals.getLast(), 1, 2));
        StringBuilder head = new StringBuilder("  %-14s".formatted(""));
        confusion.labels().forEach(label -> head.append("%14s".formatted(label)));
        console.say(head.toString());
        for (String own : confusion.labels()) {
            StringBuilder row = new StringBuilder("  %-14s".formatted(own));
            confusion.labels().forEach(other -> row.append("%14d".formatted(confusion.count(own, other))));
            console.say(row.toString());
        }
    }
}
