package org.espalier.greenhouse.grow;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Shipped;
import org.espalier.greenhouse.internal.tokenizer.QwenShape;

/** {@code README.md} of a grown model: what it is, how it was made, what it can do and what it is not for. */
final class ModelCard {
    /**
     * How a model did on questions of one kind.
     *
     * @param correct answers for which F is 1
     * @param safe paths that are safe
     * @param effective paths that are effective
     * @param both paths that are both
     */
    record Score(String part, String risk, int questions, int correct, int safe, int effective, int both) {
        String row() {
            return "| %s | %s | %d | %s | %s | %s | %s |\n"
                    .formatted(
                            part,
                            risk,
                            questions,
                            share(Score::correct),
                            share(Score::safe),
                            share(Score::effective),
                            share(Score::both));
        }

        private String share(ToDoubleFunction<Score> count) {
            return Long.toString(Math.round(100 * count.applyAsDouble(this) / questions));
        }
    }

    /** What an examination found. */
    record Findings(long worldSeed, double seen, double heldOutDrawings, List<Score> scores) {}

    private ModelCard() {}

    static void write(Path folder, GrowSettings settings, long numbers, LossLog losses, Findings findings) {
        AtomicFile.write(
                folder.resolve("README.md"),
                Shipped.text(
                        ModelCard.class,
                        "card.txt",
                        Map.ofEntries(
                                Map.entry("family", settings.shape().family()),
                                Map.entry("numbers", grouped(numbers)),
                                Map.entry(
                                        "family_flag",
                                        settings.shape() instanceof QwenShape
                                                ? ""
                                                : " --family "
                                                        + settings.shape().modelType()),
                                Map.entry("split_seed", settings.splitSeed()),
                                Map.entry("seed", settings.seed()),
                                Map.entry("steps", settings.steps()),
                                Map.entry("texts", grouped((long) settings.steps() * settings.batch())),
                                Map.entry("batch", settings.batch()),
                                Map.entry("minutes", settings.minutes()),
                                Map.entry(
                                        "worlds",
                                        settings.worldSeeds().stream()
                                                .map(String::valueOf)
                                                .collect(Collectors.joining(", "))),
                                Map.entry("seen", Math.round(100 * findings.seen())),
                                Map.entry("held_out", Math.round(100 * findings.heldOutDrawings())),
                                Map.entry("world", findings.worldSeed()),
                                Map.entry(
                                        "scores",
                                        findings.scores().stream()
                                                .map(Score::row)
                                                .collect(Collectors.joining())),
                                Map.entry("losses", losses.last()))));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
