package org.espalier.lab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.core.InputException;
import org.espalier.core.file.Folders;
import org.espalier.lab.scale.ExchangeRate;
import org.espalier.lab.scale.JournalRate;
import org.espalier.lab.scale.NearRate;
import org.espalier.lab.scale.TrainingPair;
import org.espalier.lab.training.TrialTraining;
import org.espalier.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf scale}. */
@Command(
        name = "scale",
        description = "The small measurements that many machines are planned with: trainings by one process of one"
                + " thread and by several, gradients over the network, the journal, near-duplicates.")
public final class PerfScaleCommand implements Verb {
    private static final List<String> PARTS = List.of("training", "exchange", "journal", "near");

    /** Of an adapter of rank 8 on all linear layers of a language model of 7 billion numbers. */
    private static final int GRADIENT = 20_185_088;

    private static final int QUESTIONS = 32;
    private static final int ROUNDS = 10;

    /** As many calls as an endpoint has under way. */
    private static final int CALLERS = 64;

    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for data and runs.")
    private Path out;

    @Option(
            names = "--parts",
            split = ",",
            defaultValue = "training,exchange,journal,near",
            paramLabel = "NAME",
            description = "What is measured.")
    private List<String> parts = List.of();

    @Option(names = "--processes", defaultValue = "2", description = "That train together, beside one alone.")
    private int processes;

    @Option(
            names = "--epochs",
            defaultValue = "40",
            description = "Of each training on 32 questions (default ${DEFAULT-VALUE}: 160 steps).")
    private int epochs;

    @Option(names = "--runs", defaultValue = "2", description = "Of each training.")
    private int runs;

    @Option(names = "--answers", defaultValue = "20000", description = "That journals take.")
    private int answers;

    @Option(names = "--pictures", defaultValue = "1000000", description = "That near-duplicates are looked for among.")
    private int pictures;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "jdbc:postgresql://... of an empty database: its journal beside SQLite's.")
    private Optional<String> store = Optional.empty();

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        check();
        for (String part : parts) {
            console.progress().at("perf scale", 0, 0, part);
            switch (part) {
                case "training" -> training(console);
                case "exchange" -> exchange(console);
                case "journal" -> journal(console);
                default -> near(console);
            }
        }
        figureFile.write(figures);
        return ExitCode.DONE.number();
    }

    private void check() {
        parts.stream().filter(part -> !PARTS.contains(part)).findFirst().ifPresent(part -> {
            throw new InputException("--parts " + part + ": the parts are " + String.join(", ", PARTS));
        });
        if (processes < 2 || epochs < 1 || runs < 1 || answers < 1 || pictures < 1) {
            throw new InputException(
                    "--processes is at least 2, --epochs, --runs, --answers and --pictures at least 1");
        }
        if (Files.exists(out)) {
            throw new InputException(out + " is there already: name a new folder");
        }
        figureFile.check();
        Folders.make(out);
    }

    private void training(Console console) throws InterruptedException {
        TrialTraining training = TrialTraining.of(out.resolve("training"), QUESTIONS, epochs);
        TrainingPair.Result result = new TrainingPair(training, processes, runs).run(console.progress());
        figures.put("training", result);
        console.say(
                "training, greenhouse's model: one process of one thread %.1f questions a second, %d processes %.1f: %.2f of"
                        + " %d times as many; adapters %s",
                result.one(),
                processes,
                result.several(),
                result.share(),
                processes,
                result.equal() ? "equal byte for byte" : "DIFFER");
    }

    private void exchange(Console console) throws InterruptedException {
        double seconds = new ExchangeRate(GRADIENT, ROUNDS).seconds();
        figures.put("exchange", Map.of("numbers", GRADIENT, "seconds", seconds));
        console.say(
                "exchange: a gradient of %,d numbers to process 0 and the parameters back, over the loopback: %.0f ms, %.2f GB/s",
                GRADIENT, 1000 * seconds, 8.0 * GRADIENT / seconds / 1e9);
    }

    private void journal(Console console) throws InterruptedException {
        try (Store own = Store.inFolder(out)) {
            tell(console, "SQLite", own);
        }
        if (store.isPresent()) {
            try (Store shared = Store.open(store.get())) {
                tell(console, "PostgreSQL", shared);
            }
        }
    }

    private void tell(Console console, String name, Store where) throws InterruptedException {
        double rate = new JournalRate(answers, CALLERS).of(where);
        figures.put("journal " + name, rate);
        console.say(
                "journal, %s: %,.0f answers a second of 5 kB with their questions, %d callers, each answer on the disk",
                name, rate, CALLERS);
    }

    private void near(Console console) {
        for (int count : List.of(Math.max(1, pictures / 10), pictures)) {
            NearRate.Result result = new NearRate(count, 6).run();
            figures.put("near " + count, result);
            console.say(
                    "near-duplicates among %,d pictures: %.1f µs a picture, %.0f bytes of memory each",
                    result.pictures(), result.micros(), result.bytes());
        }
    }
}
