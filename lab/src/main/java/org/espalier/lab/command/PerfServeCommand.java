package org.espalier.lab.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.lab.model.ServeBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf serve}. */
@Command(
        name = "serve",
        description =
                "Asks a server with many callers at once: tokens per second, beside a batch of as many in the process.")
public final class PerfServeCommand implements Verb {
    @Option(
            names = "--model",
            defaultValue = "greenhouse/model",
            paramLabel = "DIR",
            description = "A model whose tokenizer and shape are taken, with random weights.")
    private Path model;

    @Option(names = "--callers", defaultValue = "32", description = "Callers at once, at most 32.")
    private int callers;

    @Option(names = "--runs", defaultValue = "5", description = "Counted rounds.")
    private int runs;

    @Option(
            names = "--warm-ups",
            description = "Rounds before those that count (default: 20 of the small model, 2 of the wide one).")
    private Optional<Integer> warmUps;

    @Option(
            names = "--size",
            defaultValue = "tiny,small",
            split = ",",
            paramLabel = "NAME",
            description = "tiny, small, or both with a comma.")
    private List<String> sizes;

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) {
        if (callers < 1 || callers > 32 || runs < 1) {
            throw new InputException("--callers goes from 1 to 32, and --runs must be at least 1.");
        }
        if (!Set.of("tiny", "small").containsAll(sizes) || warmUps.orElse(0) < 0) {
            throw new InputException("--size is tiny, small, or tiny,small, and --warm-ups at least 0.");
        }
        List<ServeBenchmark.Outcome> all = new ArrayList<>();
        console.say("model   callers    batch t/s   served t/s  share   streamed t/s  share  arrivals");
        for (String size : sizes) {
            boolean wide = size.equals("small");
            // A small model's rounds are short, and what sends its tokens is compiled late.
            ServeBenchmark.Outcome one =
                    ServeBenchmark.run(model, wide, callers, runs, warmUps.orElse(wide ? 2 : 20), console.progress());
            all.add(one);
            double batch = one.batch().tokensPerSecond();
            console.say(
                    "%-6s %8d %12.0f %12.0f  %5.2f %14.0f  %5.2f %9.1f",
                    one.model(),
                    one.callers(),
                    batch,
                    one.served().tokensPerSecond(),
                    one.served().tokensPerSecond() / batch,
                    one.streamed().tokensPerSecond(),
                    one.streamed().tokensPerSecond() / batch,
                    one.arrivals());
            console.say(
                    "       tokens of a round: batch %.0f, served %.0f, streamed %.0f",
                    one.batch().tokens(), one.served().tokens(), one.streamed().tokens());
            console.say(
                    "       µs of processors a token: batch %.0f, served %.0f (callers %.1f), streamed %.0f (callers %.1f)",
                    one.batch().micros(),
                    one.served().micros(),
                    one.served().callerMicros(),
                    one.streamed().micros(),
                    one.streamed().callerMicros());
        }
        figureFile.write(all);
        return ExitCode.DONE.number();
    }
}
