package org.espalier.lab.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.espalier.app.command.ExitCode;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.lab.scale.ExchangeRate;
import org.espalier.lab.scale.JournalRate;
import org.espalier.lab.scale.NearRate;
import org.espalier.lab.scale.TrainingPair;
import org.espalier.lab.training.TrialTraining;
import org.espalier.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier perf scale}. */
@Command(
        name = "scale",
        description = "The small measurements that many machines are planned with: trainings by one process of one"
                + " thread and by several, gradients over the network, the journal, near-duplicates.")
final class PerfScaleCommand implements Callable<Integer> {
    private static final List<String> PARTS = List.of("training", "exchange", "journal", "near");
    /** Of an adapter of rank 8 on all linear layers of a language model of 7 billion numbers. */
    private static final int GRADIENT = 20_185_088;

    private static final int QUESTIONS = 32;
    private static final int ROUNDS = 10;
    /** As many calls as an endpoint has under way. */
    private static final int CALLERS = 64;

    private final Consumer<String> say;
    private final Progress progress;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for data and runs.")
    private Path out;

    @Option(
            names = "--parts",
            split = ",",
            defaultValue = "training,exchange,journal,near",
            paramLabel = "NAME",
            description = "What is measured (default: ${DEFAULT-VALUE}).")
    private List<String> parts = List.of();

    @Option(
            names = "--processes",
            defaultValue = "2",
            paramLabel = "N",
            description = "That train together, beside one alone (default ${DEFAULT-VALUE}).")
    private int processes;

    @Option(
            names = "--epochs",
            defaultValue = "40",
            paramLabel = "N",
            description = "Of each training on 32 questions (default ${DEFAULT-VALUE}: 160 steps).")
    private int epochs;

    @Option(names = "--runs", defaultValue = "2", paramLabel = "N", description = "Of each training (default 2).")
    private int runs;

    @Option(
            names = "--answers",
            defaultValue = "20000",
            paramLabel = "N",
            description = "That journals take (default ${DEFAULT-VALUE}).")
    private int answers;

    @Option(
            names = "--pictures",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "That near-duplicates are looked for among (default ${DEFAULT-VALUE}).")
    private int pictures;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "jdbc:postgresql://... of an empty database: its journal beside SQLite's.")
    private Optional<String> store = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures there.")
    private Optional<Path> json = Optional.empty();

    PerfScaleCommand(Consumer<String> say, Progress progress) {
        this.say = say;
        this.progress = progress;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        for (String part : parts) {
            progress.at("perf scale", 0, 0, part);
            switch (part) {
                case "training" -> training();
                case "exchange" -> exchange();
                case "journal" -> journal();
                default -> near();
            }
        }
        json.ifPresent(file -> AtomicFile.write(file, Json.page(Json.tree(figures))));
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
        SpeedOptions.requireFolder(json);
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw FileTrouble.writing(out, e);
        }
    }

    private void training() throws InterruptedException {
        Path checkout = Path.of(System.getProperty("espalier.root", ""));
        TrialTraining training = new TrialTraining(
                out.resolve("training"),
                checkout.resolve("greenhouse/model"),
                checkout.resolve("recipes/greenhouse.yaml"),
                QUESTIONS,
                epochs);
        TrainingPair.Result result = new TrainingPair(training, processes, runs).run(progress);
        figures.put("training", result);
        say.accept(String.format(
                Locale.ROOT,
                "training, greenhouse's model: one process of one thread %.1f questions a second, %d processes %.1f: %.2f of"
                        + " %d times as many; adapters %s",
                result.one(),
                processes,
                result.several(),
                result.share(),
                processes,
                result.equal() ? "equal byte for byte" : "DIFFER"));
    }

    private void exchange() throws InterruptedException {
        double seconds = new ExchangeRate(GRADIENT, ROUNDS).seconds();
        figures.put("exchange", Map.of("numbers", GRADIENT, "seconds", seconds));
        say.accept(String.format(
                Locale.ROOT,
                "exchange: a gradient of %,d numbers to process 0 and the parameters back, over the loopback: %.0f ms, %.2f GB/s",
                GRADIENT,
                1000 * seconds,
                8.0 * GRADIENT / seconds / 1e9));
    }

    private void journal() throws InterruptedException {
        try (Store own = Store.inFolder(out)) {
            tell("SQLite", own);
        }
        if (store.isPresent()) {
            try (Store shared = Store.open(store.get())) {
                tell("PostgreSQL", shared);
            }
        }
    }

    private void tell(String name, Store where) throws InterruptedException {
        double rate = new JournalRate(answers, CALLERS).of(where);
        figures.put("journal " + name, rate);
        say.accept(String.format(
                Locale.ROOT,
                "journal, %s: %,.0f answers a second of 5 kB with their questions, %d callers, each answer on the disk",
                name,
                rate,
                CALLERS));
    }

    private void near() {
        for (int count : List.of(Math.max(1, pictures / 10), pictures)) {
            NearRate.Result result = new NearRate(count, 6).run();
            figures.put("near " + count, result);
            say.accept(String.format(
                    Locale.ROOT,
                    "near-duplicates among %,d pictures: %.1f µs a picture, %.0f bytes of memory each",
                    result.pictures(),
                    result.micros(),
                    result.bytes()));
        }
    }
}
