package org.espalier.app.command;

import java.util.concurrent.Callable;
import org.espalier.app.console.Console;
import org.espalier.bench.set.Benchmarks;
import picocli.CommandLine.Command;

/** {@code espalier bench list}. */
@Command(
        name = "list",
        description = "Says of each benchmark which files it needs, under which licence, and who judges.")
final class BenchListCommand implements Callable<Integer> {
    private final Console console;

    BenchListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Benchmarks.shipped().all().forEach(benchmark -> {
            var card = benchmark.card();
            console.say(card.name() + ": " + card.title() + " (" + card.source() + ")");
            console.say("  files:   " + card.files());
            console.say("  licence: " + card.licence());
            console.say("  judge:   " + card.judge());
        });
        console.say("Espalier ships none of their data; docs/benchmarks.md says more.");
        return ExitCode.DONE.number();
    }
}
