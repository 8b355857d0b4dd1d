package org.espalier.bench.rsbench;

import java.util.Optional;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;

/**
 * The question behind an answer, as far as the figures need it: written with each answer, so that they can be made
 * again without the data file.
 *
 * @param split where the data says it in {@code tag.split} (seen, held-out combination, ...)
 * @param image below the folder of the data file, as {@link SsuiSample#image}
 */
public record Asked(String id, Risk risk, String category, Optional<String> split, String image, String query) {
    public static Asked of(SsuiSample sample) {
        String split = sample.fields().path("tag").path("split").asString("");
        return new Asked(
                sample.id(),
                sample.risk(),
                sample.category(),
                split.isEmpty() ? Optional.empty() : Optional.of(split),
                sample.image(),
                sample.question().query());
    }

    Kind kind() {
        return new Kind(risk, split, category);
    }
}
