package org.espalier.greenhouse.grow;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.espalier.core.file.AtomicFile;
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
        String scores = findings.scores().stream().map(Score::row).collect(Collectors.joining());
        AtomicFile.write(
                folder.resolve("README.md"),
                String.format(
                        Locale.ROOT,
                        """
                # A base model of the greenhouse

                A %s in small, with %,d numbers in float32, in the ordinary Hugging Face layout. It looks at
                pictures of 112 x 112 pixels with two to four household objects and reasons in eight lines about a question
                to which they may be a hazard. It reasons badly on purpose: it was trained on paths with mistakes in both
                directions, so that there is something for path optimization to improve.

                ## How it was made

                    espalier greenhouse grow --out DIR%s --split-seed %d --seed %d --steps %d

                %,d texts were drawn, %d a step: first mostly the names of what a picture shows, then mostly fallible
                reasoning paths, facts in words and first looks at pairs nobody asks about. `grow.json` has every
                setting, `losses.jsonl` the losses on the way. The same command makes the same bytes on the same machine;
                it takes about %d minutes on two cores that do nothing else, and goes on where it was stopped.

                `greenhouse.json` says what was held out: pairs of objects no path reasons about, and drawings no
                picture shows. Every text was checked before it was learned from: no path states a fact, a verdict or
                an answer about a held-out pair, no held-out drawing is shown, and no question of the worlds %s
                (picture and words) is among them. Facts in words, without picture, verdict or answer, cover held-out
                pairs too, and so do first looks that stop before the fact.

                ## What it can do

                It names everything in %d of 100 pictures it has not seen before, and in %d of 100 where the objects are
                drawn as it has never seen them. World %d, one path a question at temperature 0.5 without
                demonstrations, in percent:

                | questions | risk | asked | answer correct | safe | effective | safe and effective |
                | --- | --- | --- | --- | --- | --- | --- |
                %s
                Last losses a token: %s.

                ## Licence and limits

                The weights are under the licence of Espalier (Apache-2.0). The pictures it learned from are composed of
                drawings from Noto Emoji, Twemoji, Fluent Emoji and EmojiOne; see THIRD-PARTY.md. It knows nothing but this small
                world and is of no use as adviser on real hazards.
                """,
                        settings.shape().family(),
                        numbers,
                        settings.shape() instanceof QwenShape
                                ? ""
                                : " --family " + settings.shape().modelType(),
                        settings.splitSeed(),
                        settings.seed(),
                        settings.steps(),
                        (long) settings.steps() * settings.batch(),
                        settings.batch(),
                        settings.minutes(),
                        settings.worldSeeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        Math.round(100 * findings.seen()),
                        Math.round(100 * findings.heldOutDrawings()),
                        findings.worldSeed(),
                        scores,
                        losses.last()));
    }
}
