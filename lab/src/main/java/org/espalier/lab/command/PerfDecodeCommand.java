package org.espalier.lab.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.espalier.app.command.ExitCode;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.lab.model.DecodeBenchmark;
import org.espalier.lab.model.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf decode}. */
@Command(name = "decode", description = "Samples many continuations of one question: tokens per second.")
final class PerfDecodeCommand implements Callable<Integer> {
    private final Consumer<String> say;
    private final Progress progress;

    @Mixin
    private SpeedOptions speed = new SpeedOptions();

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "8,32",
            paramLabel = "N",
            description = "Continuations (default ${DEFAULT-VALUE}).")
    private List<Integer> rows = List.of();

    PerfDecodeCommand(Consumer<String> say, Progress progress) {
        this.say = say;
        this.progress = progress;
    }

    @Override
    public Integer call() {
        if (rows.stream().anyMatch(count -> count < 1)) {
            throw new InputException("--rows must be at least 1.");
        }
        List<DecodeBenchmark.Outcome> all = new ArrayList<>();
        SpeedOptions.Asked measured = speed.asked();
        say.accept("size     rows  adapter   seconds  tokens/s");
        for (Size size : measured.sizes()) {
            for (DecodeBenchmark.Outcome outcome :
                    DecodeBenchmark.run(size, rows, measured.runs(), measured.warmUps(), progress)) {
                all.add(outcome);
                say.accept(String.format(
                        Locale.ROOT,
                        "%-6s %6d  %-7s  %8.4f  %8.0f",
                        outcome.size(),
                        outcome.rows(),
                        outcome.adapter() ? "yes" : "no",
                        outcome.seconds(),
                        outcome.tokensPerSecond()));
            }
        }
        speed.write(all);
        return ExitCode.DONE.number();
    }
}
