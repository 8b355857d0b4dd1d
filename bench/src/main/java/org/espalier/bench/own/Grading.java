package org.espalier.bench.own;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** How an answer gets its label. */
sealed interface Grading {
    String RIGHT = "right";
    String WRONG = "wrong";
    String UNCLEAR = "unclear";

    /** Every label there is. */
    List<String> labels();

    /**
     * A letter is chosen.
     *
     * @param options columns of their texts, or one column with a list of them
     * @param answer column of the right letter, or of the right option's text
     */
    record MultipleChoice(List<String> options, String answer) implements Grading {
        public MultipleChoice {
            options = List.copyOf(options);
        }

        @Override
        public List<String> labels() {
            return List.of(RIGHT, WRONG, UNCLEAR);
        }
    }

    /**
     * The right answer is known.
     *
     * @param column that holds it
     * @param inside whether it is enough that the answer holds it
     */
    record KnownAnswer(String column, boolean inside) implements Grading {
        @Override
        public List<String> labels() {
            return List.of(RIGHT, WRONG);
        }
    }

    /** The first pattern that is found anywhere in the answer gives the label. */
    record Patterns(SequencedMap<String, Pattern> patterns, String otherwise) implements Grading {
        public Patterns {
            patterns = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(patterns));
        }

        @Override
        public List<String> labels() {
            List<String> labels = new ArrayList<>(patterns.keySet());
            labels.add(otherwise);
            return labels;
        }
    }

    /**
     * A judge is asked for a label.
     *
     * @param prompt its system turn
     * @param shows columns of the question that it is shown, besides the response
     * @param picture whether it is shown the pictures
     * @param meanings of the labels by name
     */
    record Judged(String prompt, List<String> shows, boolean picture, SequencedMap<String, String> meanings)
            implements Grading {
        public Judged {
            shows = List.copyOf(shows);
            meanings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(meanings));
        }

        @Override
        public List<String> labels() {
            return List.copyOf(meanings.keySet());
        }
    }
}
