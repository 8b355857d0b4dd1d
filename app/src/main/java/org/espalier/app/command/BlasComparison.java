package org.espalier.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.TextFile;
import org.espalier.tensor.Blas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast the libraries that multiply matrices are on this processor, as {@code doctor} has measured it.
 *
 * @param processor its name; on another one nothing follows
 * @param rates in 10⁹ operations a second
 */
record BlasComparison(String processor, Map<Blas, Double> rates) {
    BlasComparison {
        rates = Map.copyOf(rates);
    }

    /** The faster one. */
    Blas fastest() {
        return Stream.of(Blas.values())
                .max(Comparator.comparingDouble(blas -> rates.getOrDefault(blas, 0.0)))
                .orElseThrow();
    }

    /** For people: "OpenBLAS 170, MKL 151". */
    String told() {
        return Stream.of(Blas.values())
                .filter(rates::containsKey)
                .map(blas -> String.format(Locale.ROOT, "%s %.0f", blas.title(), rates.get(blas)))
                .collect(Collectors.joining(", "));
    }

    /**
     * Settles what multiplies in this process.
     *
     * @param asked what the user wants; empty: the faster one, where both were compared on this processor
     */
    static void settle(Optional<String> asked, Path cache) {
        asked.map(Blas::named)
                .or(() -> read(cache).map(BlasComparison::fastest).filter(Blas::isThere))
                .ifPresent(Blas::choose);
    }

    /** The one that was made on a processor of this name; a file that is damaged counts for nothing. */
    static Optional<BlasComparison> read(Path cache) {
        Path file = file(cache);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode page = Json.parse(TextFile.read(file));
            Map<Blas, Double> rates = new EnumMap<>(Blas.class);
            for (Blas blas : Blas.values()) {
                if (page.path("rates").path(blas.label()).isNumber()) {
                    rates.put(blas, page.path("rates").path(blas.label()).asDouble());
                }
            }
            return Optional.of(new BlasComparison(page.path("processor").asString(""), rates))
                    .filter(made ->
                            made.rates.size() == Blas.values().length && made.processor.equals(thisProcessor()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Measures each library in a process of its own, since a process keeps to one, and writes down what was found. */
    static BlasComparison measure(Path cache) throws InterruptedException {
        Map<Blas, Double> rates = new EnumMap<>(Blas.class);
        for (Blas blas : Blas.values()) {
            rates.put(blas, rate(blas));
        }
        BlasComparison made = new BlasComparison(thisProcessor(), rates);
        ObjectNode page = Json.object();
        page.put("processor", made.processor);
        ObjectNode numbers = page.putObject("rates");
        made.rates.forEach((blas, rate) -> numbers.put(blas.label(), rate));
        AtomicFile.write(file(cache), Json.page(page));
        return made;
    }

    private static Path file(Path cache) {
        return cache.resolve("blas.json");
    }

    private static double rate(Blas blas) throws InterruptedException {
        List<String> words = Place.program();
        words.removeIf(word -> word.startsWith("-XX:AOT"));
        words.addAll(List.of("doctor", "--products", "--blas", blas.label()));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != ExitCode.DONE.number()) {
                throw new SurroundingsException(blas.title() + " could not be tried: " + said);
            }
            return Double.parseDouble(said.lines().reduce((_, last) -> last).orElse(""));
        } catch (IOException e) {
            throw new SurroundingsException(blas.title() + " could not be tried: " + e.getMessage(), e);
        } catch (NumberFormatException e) {
            throw new SurroundingsException(blas.title() + " could not be tried: it printed no number", e);
        }
    }

    /** As the system calls it. */
    static String thisProcessor() {
        String otherwise = System.getProperty("os.arch");
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
