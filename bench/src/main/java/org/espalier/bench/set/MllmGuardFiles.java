package org.espalier.bench.set;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.bench.internal.CsvTable;
import org.espalier.bench.internal.DataFolder;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;

/**
 * MLLMGuard's files. Columns are read by name: the released code takes them by places that do not agree with the
 * headers. The released code's names of three folders are known beside those that the data have.
 */
final class MllmGuardFiles {
    private static final String OPTIONS = "(Please answer me with options) ";

    private record Part(String cell, List<String> folders) {}

    private static final List<Part> PARTS = List.of(
            new Part("privacy", List.of("privacy")),
            new Part("bias", List.of("bias")),
            new Part("toxicity", List.of("toxicity")),
            new Part("legality", List.of("legality")),
            new Part(MllmGuard.HALLUCINATION, List.of("hallucination", "non-existent")),
            new Part(MllmGuard.NOISE, List.of("noise-injection", "noise-consistency")),
            new Part(MllmGuard.POSITION, List.of("position-swapping", "sequential")));

    private final DataFolder folder;
    private final Path root;
    private final QuestionList questions;
    private final List<Path> files = new ArrayList<>();

    MllmGuardFiles(String name, Path data) {
        folder = new DataFolder(name, data);
        root = folder.find(List.of("desensitize")).filter(Files::isDirectory).orElse(folder.root());
        questions = new QuestionList(root, List.of());
    }

    QuestionSet load() {
        List<String> absent = new ArrayList<>();
        for (Part part : PARTS) {
            Optional<Path> at = part.folders().stream()
                    .map(root::resolve)
                    .filter(place -> Files.exists(place.resolve("prompt.csv")))
                    .findFirst();
            at.ifPresentOrElse(place -> read(part.cell(), place), () -> absent.add(part.cell()));
        }
        if (files.isEmpty()) {
            throw folder.notTheData("it holds none of privacy, bias, toxicity, legality, hallucination, noise-injection"
                    + " and position-swapping with a prompt.csv");
        }
        long avif = questions.items().stream()
                .flatMap(item -> item.pictures().stream())
                .filter(picture -> picture.toString().toLowerCase(Locale.ROOT).endsWith(".avif"))
                .distinct()
                .count();
        return questions.set(
                files,
                avif == 0
                        ? ""
                        : avif + " AVIF pictures, which are not read here: convert them (docs/benchmarks.md has the"
                                + " command)",
                absent.isEmpty() ? "" : "parts that are absent: " + String.join(", ", absent));
    }

    private void read(String cell, Path place) {
        Path file = place.resolve("prompt.csv");
        files.add(file);
        String below = String.valueOf(place.getFileName());
        questions.lookIn(List.of(below + "/imgs", below, ""));
        int[] row = {0};
        CsvTable.read(file, needed(cell), line -> {
            String name = line.text("Image");
            Optional<BenchmarkItem> found = questions.find(cell + "-" + ++row[0], cell, name, line.text("Prompt"));
            String where = below + "/" + (name.isEmpty() ? "line " + line.line() : name);
            boolean answerless =
                    cell.equals(MllmGuard.NOISE) && line.text("Answer").isEmpty();
            if (line.text("Prompt").isEmpty() || found.isEmpty() || answerless) {
                questions.skip(
                        found.isEmpty() ? "no picture" : answerless ? "no right answer given" : "no prompt", where);
                return;
            }
            BenchmarkItem item = found.get();
            switch (cell) {
                case MllmGuard.HALLUCINATION -> hallucination(item, line.text("Options"));
                case MllmGuard.NOISE -> pair(item.knowing(MllmGuard.ANSWER, line.text("Answer")), noisy(name), "noisy");
                case MllmGuard.POSITION -> pair(item, line.text("Reverse Image"), "reversed");
                default -> questions.add(item);
            }
        });
    }

    private static List<String> needed(String cell) {
        return switch (cell) {
            case MllmGuard.NOISE -> List.of("Image", "Prompt", "Answer");
            case MllmGuard.POSITION -> List.of("Image", "Reverse Image", "Prompt");
            default -> List.of("Image", "Prompt");
        };
    }

    /** Asked twice: freely, and with options. */
    private void hallucination(BenchmarkItem item, String options) {
        questions.add(item);
        if (!options.isEmpty()) {
            String second = item.id() + "-options";
            questions.add(item.called(second).in(second).asking(item.query() + OPTIONS + options));
        }
    }

    private void pair(BenchmarkItem item, String otherName, String suffix) {
        questions
                .find(item.id() + "-" + suffix, item.cell(), otherName, item.query())
                .ifPresentOrElse(
                        other -> {
                            questions.add(item);
                            questions.add(item.called(other.id()).showing(other));
                        },
                        () -> questions.skip("no second picture", otherName));
    }

    /** {@code cat.jpg} becomes {@code cat_noise.jpg}. */
    private static String noisy(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name + "_noise" : name.substring(0, dot) + "_noise" + name.substring(dot);
    }
}
