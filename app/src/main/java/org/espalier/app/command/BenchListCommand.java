package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.espalier.app.console.Console;
import org.espalier.bench.own.OwnBenchmark;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.workflow.bench.BenchmarkChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier bench list}. */
@Command(
        name = "list",
        description = "Says of each benchmark which files it needs, under which licence, and who judges.")
final class BenchListCommand implements Verb {
    private static final int CELLS = 20;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A benchmark of your own: checks its YAML file and says what its questions are.")
    private Optional<Path> file;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Its questions, where they do not lie beside that file.")
    private Optional<Path> data;

    @Override
    public int run(Console console) {
        if (file.isPresent()) {
            own(console, OwnBenchmark.read(file.get(), Prompts.shipped()));
            return ExitCode.DONE.number();
        }
        if (data.isPresent()) {
            throw new InputException("--data goes with the YAML file of a benchmark");
        }
        Benchmarks.shipped().all().forEach(benchmark -> tell(console, benchmark.card()));
        console.say("Espalier ships none of their data; docs/benchmarks.md says more.");
        return ExitCode.DONE.number();
    }

    private void tell(Console console, Card card) {
        console.say(card.name() + ": " + card.title() + " (" + card.source() + ")");
        console.say("  files:   " + card.files());
        console.say("  licence: " + card.licence());
        console.say("  judge:   " + card.judge());
    }

    private void own(Console console, OwnBenchmark benchmark) {
        QuestionSet set = benchmark.load(BenchmarkChoice.rows(benchmark, data.orElse(benchmark.folder())));
        tell(console, benchmark.card());
        SortedMap<String, Integer> cells = new TreeMap<>();
        set.items().forEach(item -> cells.merge(item.cell(), 1, Integer::sum));
        console.say(Counted.of(set.items().size(), "question") + " in "
                + Counted.of(cells.size(), "category", "categories") + ":");
        cells.entrySet().stream()
                .limit(CELLS)
                .forEach(cell -> console.say("  %6d  %s", cell.getValue(), cell.getKey()));
        if (cells.size() > CELLS) {
            console.say("  and " + (cells.size() - CELLS) + " more");
        }
        set.notes().forEach(console::say);
        set.items().stream().findFirst().ifPresent(first -> {
            console.say("The first, \"" + first.id() + "\", is sent with "
                    + Counted.of(first.pictures().size(), "picture") + " as:");
            first.prompt().lines().forEach(line -> console.say("  " + line));
        });
        console.say("Figures: "
                + benchmark.measures(new TreeSet<>(cells.keySet())).stream()
                        .map(measure -> measure.title() + measure.direction().arrow())
                        .limit(CELLS)
                        .collect(Collectors.joining(", "))
                + ".");
    }
}
