package org.espalier.greenhouse.data;

import java.util.EnumMap;
import java.util.Map;
import org.espalier.core.InputException;

/**
 * Which data to draw.
 *
 * @param worldSeed redraws scenes, bystanders, wordings and questions; facts and what is held out stay
 * @param sizes questions in each part that is wanted: an even number, since each comes with its twin
 */
public record WorldSettings(long worldSeed, Map<Part, Integer> sizes) {
    public WorldSettings {
        sizes = new EnumMap<>(sizes);
        sizes.forEach((part, size) -> {
            if (size < 2 || size % 2 != 0 || size > 100_000) {
                throw new InputException("the greenhouse cannot draw " + size + " questions for " + part.label()
                        + ": give an even number from 2 to 100000, since each unsafe question comes with a safe twin");
            }
        });
    }

    /** The sizes that the demonstration uses. */
    public static WorldSettings of(long worldSeed) {
        return new WorldSettings(
                worldSeed,
                Map.of(
                        Part.TRAIN, 200,
                        Part.VALIDATION, 120,
                        Part.TEST_SEEN, 200,
                        Part.TEST_COMBINATIONS, 200,
                        Part.TEST_DRAWINGS, 120));
    }
}
