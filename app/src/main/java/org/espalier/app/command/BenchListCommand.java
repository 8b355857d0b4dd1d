package org.espalier.app.command;

import java.util.concurrent.Callable;
import org.espalier.app.work.Desk;
import org.espalier.bench.set.Benchmarks;
import picocli.CommandLine.Command;

/** {@code espalier bench list}. */
@Command(
        name = "list",
        description = "Says of each benchmark which files it needs, under which licence, and who judges.")
final class BenchListCommand implements Callable<Integer> {
    private final Desk desk;

    BenchListCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Benchmarks.shipped().all().forEach(benchmark -> {
            var card = benchmark.card();
            desk.say(card.name() + ": " + card.title() + " (" + card.source() + ")");
            desk.say("  files:   " + card.files());
            desk.say("  licence: " + card.licence());
            desk.say("  judge:   " + card.judge());
        });
        desk.say("Espalier ships none of their data; docs/benchmarks.md says more.");
        return ExitCode.DONE.number();
    }
}
