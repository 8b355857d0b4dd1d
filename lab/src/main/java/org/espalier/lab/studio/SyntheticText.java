package org.espalier.lab.studio;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Texts out of 22 words, so that every search finds a great many. */
record SyntheticText(Random random) {
    private static final List<String> WORDS =
            List.of(("the red cube stands left of a blue ball so there are three objects near"
                            + " table and window count them first")
                    .split(" "));

    String text(int words) {
        return random.ints(words, 0, WORDS.size()).mapToObj(WORDS::get).collect(Collectors.joining(" "));
    }
}
