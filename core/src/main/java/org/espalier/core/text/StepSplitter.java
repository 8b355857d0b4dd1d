package org.espalier.core.text;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Labelled;

/**
 * Splits a reasoning path as a model wrote it into its steps (Eq. 1). The paper leaves open what a step is; here it is
 * what the text itself marks as one: a numbered item, else a line, else a sentence, else the whole.
 */
public record StepSplitter(Style style) {
    /** What separates steps. */
    public enum Style implements Labelled {
        /** The first of the following that yields at least two steps. */
        AUTO,
        /** "1.", "1)", "(1)", "Step 1:", "**Step 1**", "①", "第一步" at the start of a line, or counted within one. */
        NUMBERED,
        /** A line that says something; a heading belongs to the line after it. */
        NEWLINE,
        /** A sentence, or a line where one has no end mark. */
        SENTENCE,
        /** The whole text is one step. */
        NONE
    }

    /** Where a step stands on the text, without the white space around it, in UTF-16 units: {@code [start, end)}. */
    public record Place(int start, int end) {}

    /**
     * A text's steps, in order.
     *
     * @param style the one that was used, never {@link Style#AUTO}
     */
    public record Split(String text, Style style, List<Place> places) {
        public Split {
            places = List.copyOf(places);
        }

        /** The words of the steps. */
        public List<String> steps() {
            return places.stream()
                    .map(place -> text.substring(place.start(), place.end()))
                    .toList();
        }
    }

    /** Splits a text; there is no step in white space. */
    public Split split(String text) {
        if (style != Style.AUTO) {
            return new Split(text, style, places(text, style));
        }
        for (Style tried : List.of(Style.NUMBERED, Style.NEWLINE, Style.SENTENCE)) {
            List<Place> places = places(text, tried);
            if (places.size() >= 2 && (tried != Style.NUMBERED || NumberedSteps.counts(text))) {
                return new Split(text, tried, places);
            }
        }
        return new Split(text, Style.NONE, places(text, Style.NONE));
    }

    private static List<Place> places(String text, Style style) {
        List<Integer> starts = switch (style) {
            case NUMBERED -> NumberedSteps.starts(text);
            case NEWLINE -> LineSteps.starts(text);
            case SENTENCE -> SentenceSteps.starts(text);
            case NONE, AUTO -> List.of();
        };
        List<Place> places = new ArrayList<>();
        int from = 0;
        for (int start : starts) {
            addTrimmed(places, text, from, start);
            from = start;
        }
        addTrimmed(places, text, from, text.length());
        return places;
    }

    private static void addTrimmed(List<Place> places, String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        if (from < to) {
            places.add(new Place(from, to));
        }
    }

    /** White space in the widest sense: no-break and zero-width spaces too. */
    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
    }
}
