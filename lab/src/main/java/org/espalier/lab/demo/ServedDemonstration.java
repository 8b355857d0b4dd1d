package org.espalier.lab.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.core.file.JsonFile;
import org.espalier.lab.process.EspalierProcess;
import tools.jackson.databind.JsonNode;

/**
 * The rows of a demonstration measured through {@code espalier serve}: one server has the base model and every adapter, and each
 * row is asked all questions once more by its name.
 *
 * @param run the folder of a demonstration that is finished
 * @param out for what is measured; rows that are there are not asked again
 * @param recipe the demonstration's settings
 */
public record ServedDemonstration(Path run, Path out, Path recipe) {
    private static final String BASE = "base";
    private static final String BENCH = "bench-";
    private static final int HEAP = 1024;
    private static final int CALLERS = 32;
    private static final Pattern LISTENING = Pattern.compile("Listening at (\\S+) as");

    /**
     * One row. A request names one draw by its seed, so that answers through a server are drawn with other random numbers than
     * those of one process.
     *
     * @param here its SER as the demonstration measured it, in one process
     * @param served the same through the server
     */
    public record Row(String label, ResultFigure here, ResultFigure served) {
        /** Whether each rate lies within the other's interval. */
        public boolean agree() {
            return within(here, served) && within(served, here);
        }

        private static boolean within(ResultFigure rate, ResultFigure other) {
            double value = rate.value().orElse(Double.NaN);
            return other.interval()
                    .map(interval -> interval.low() <= value && value <= interval.high())
                    .orElse(false);
        }
    }

    /**
     * Measures all rows.
     *
     * @throws InputException if the folder is not that of a finished demonstration
     */
    public List<Row> measure(Progress progress) throws InterruptedException {
        JsonNode record = JsonFile.read(run.resolve("run.json"), "name the folder of a finished demonstration");
        String model = record.at("/inputs/model/path").asString("");
        if (!record.path("verb").asString("").equals("demo")
                || !record.hasNonNull("finished")
                || !Files.isDirectory(Path.of(model))) {
            throw new InputException(run + " is not a finished demonstration whose model is still where it was; run"
                    + " 'espalier demo' first");
        }
        List<String> labels = labels();
        try (EspalierProcess server = EspalierProcess.alike(log("serve"), serve(model, labels))) {
            String address = server.says(LISTENING);
            for (int i = 0; i < labels.size(); i++) {
                progress.at("ask through the server", i, labels.size(), labels.get(i));
                ask(labels.get(i), address, record.at("/seeds/seed").asLong());
            }
        }
        return labels.stream().map(this::row).toList();
    }

    /** The base model, then adapters by name. */
    private List<String> labels() {
        Stream<String> trained = Folders.list(run).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> name.startsWith(BENCH) && !name.equals(BENCH + BASE))
                .map(name -> name.substring(BENCH.length()))
                .sorted();
        return Stream.concat(Stream.of(BASE), trained).toList();
    }

    private List<String> serve(String model, List<String> labels) {
        List<String> words = new ArrayList<>(List.of("serve", "--port", "0", "--model", model, "--name", BASE));
        labels.stream().filter(label -> !label.equals(BASE)).forEach(label -> {
            words.add("--adapter");
            words.add(label + "=" + run.resolve("train-" + label).resolve("adapter"));
        });
        return words;
    }

    private void ask(String label, String address, long seed) throws InterruptedException {
        List<String> words = EspalierProcess.words(
                "bench rsbench --endpoint served --seed " + seed,
                List.of("--endpoints", endpoints(label, address), "--recipe", recipe),
                List.of("--data", run.resolve("world/test.jsonl"), "--out", served(label)));
        try (EspalierProcess asking = EspalierProcess.start(HEAP, log(BENCH + label), words)) {
            asking.succeeds();
        }
    }

    /** As many callers at once as the server decodes together. */
    private Path endpoints(String label, String address) {
        Path file = out.resolve(label + ".yaml");
        String text = """
                endpoints:
                  served: {provider: openai-compatible, base-url: "%s", model: %s, concurrency: %d}
                """.formatted(address, label, CALLERS);
        AtomicFile.write(file, text);
        return file;
    }

    private Path log(String name) {
        return Folders.make(out).resolve(name + ".log");
    }

    private Path served(String label) {
        return out.resolve(BENCH + label);
    }

    private Row row(String label) {
        return new Row(label, ser(run.resolve(BENCH + label)), ser(served(label)));
    }

    private static ResultFigure ser(Path bench) {
        return Result.read(bench.resolve(Result.FILE))
                .figure("ser")
                .orElseThrow(() -> new InputException(bench + " has no rate SER: run 'espalier demo' again"));
    }
}
