package org.espalier.lab.command;

import java.util.ArrayList;
import java.util.List;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.model.DecodeBenchmark;
import org.espalier.lab.model.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf decode}. */
@Command(name = "decode", description = "Samples many continuations of one question: tokens per second.")
public final class PerfDecodeCommand implements Verb {
    @Mixin
    private SpeedOptions speed = new SpeedOptions();

    @Option(names = "--rows", split = ",", defaultValue = "8,32", description = "Continuations.")
    private List<Integer> rows = List.of();

    @Override
    public int run(Console console) {
        if (rows.stream().anyMatch(count -> count < 1)) {
            throw new InputException("--rows must be at least 1.");
        }
        List<DecodeBenchmark.Outcome> all = new ArrayList<>();
        SpeedOptions.Asked measured = speed.asked();
        console.say("size     rows  adapter   seconds  tokens/s");
        for (Size size : measured.sizes()) {
            for (DecodeBenchmark.Outcome outcome :
                    DecodeBenchmark.run(size, rows, measured.runs(), measured.warmUps(), console.progress())) {
                all.add(outcome);
                console.say(
                        "%-6s %6d  %-7s  %8.4f  %8.0f",
                        outcome.size(),
                        outcome.rows(),
                        outcome.adapter() ? "yes" : "no",
                        outcome.seconds(),
                        outcome.tokensPerSecond());
            }
        }
        speed.write(all);
        return ExitCode.DONE.number();
    }
}
