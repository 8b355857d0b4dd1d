package org.espalier.lab.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.lab.model.Size;
import org.espalier.lab.model.TreeBenchmark;
import org.espalier.lab.model.Way;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf tree}. */
@Command(
        name = "tree",
        description = "One question forward and backward: as a tree, and with every path a sequence of its own.")
public final class PerfTreeCommand implements Verb {
    private static final int MOST_QUESTIONS = 1024;

    @Mixin
    private SpeedOptions speed = new SpeedOptions();

    @Option(
            names = "--ways",
            split = ",",
            defaultValue = "tree,pairwise",
            paramLabel = "WAY",
            description = "tree; pairwise (each path alone, two at a time); at-once (each path alone, all at once)."
                    + " Default ${DEFAULT-VALUE}; the first is compared with the others.")
    private List<String> ways = List.of();

    @Option(
            names = "--questions",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Questions of a batch, computed side by side, a thread each, as training does where there is one for"
                            + " every processor; seconds are those of one. Default ${DEFAULT-VALUE}, with all threads.")
    private int questions;

    @Override
    public int run(Console console) {
        List<Way> asked = ways.stream().map(PerfTreeCommand::way).distinct().toList();
        if (questions < 1 || questions > MOST_QUESTIONS) {
            throw new InputException(
                    "--questions must be between 1 and " + MOST_QUESTIONS + ", not " + questions + ".");
        }
        List<TreeBenchmark.Outcome> outcomes = new ArrayList<>();
        SpeedOptions.Asked measured = speed.asked();
        console.say(
                "size   side  way       tokens    seconds  first is  of tokens     MiB  log-prob. diff.  gradient diff.");
        for (Size size : measured.sizes()) {
            TreeBenchmark.Outcome outcome =
                    TreeBenchmark.run(size, asked, questions, measured.runs(), measured.warmUps(), console.progress());
            outcomes.add(outcome);
            outcome.timings().forEach(timing -> console.say(line(outcome, timing)));
        }
        speed.write(outcomes);
        return ExitCode.DONE.number();
    }

    private static String line(TreeBenchmark.Outcome outcome, TreeBenchmark.Timing timing) {
        return String.format(
                Locale.ROOT,
                "%-6s %4d  %-9s %6d  %9.4f  %7.2fx  %8.2fx  %6d  %15.2g  %14.2g",
                outcome.size(),
                outcome.side(),
                timing.way().label(),
                timing.tokens(),
                timing.seconds(),
                outcome.speedUp(timing),
                outcome.tokenRatio(timing),
                timing.memory(),
                timing.logprobDifference(),
                timing.gradientDifference());
    }

    private static Way way(String label) {
        return Labelled.find(Way.class, label)
                .orElseThrow(
                        () -> new InputException("There is no way '" + label + "': take tree, pairwise or at-once."));
    }
}
