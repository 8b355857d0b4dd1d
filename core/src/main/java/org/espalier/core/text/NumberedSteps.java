package org.espalier.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps that carry numbers. What stands before the first number belongs to the first step; what follows the last item
 * as a line of its own and reads like a conclusion is a step of its own. Items indented deeper than the first are parts
 * of a step, and numbers may start again.
 */
final class NumberedSteps {
    private static final String OPENING = "(?:#{1,6}\\s+|[-*+•]\\s+)?(?:\\*\\*|__)?";
    private static final Pattern MARK = Pattern.compile(
            OPENING
                    + "(?:step\\s*\\d{1,3}\\b"
                    + "|\\d{1,3}\\s?[.)](?!\\d)"
                    + "|\\d{1,3}[、．:：](?!\\d)"
                    + "|[(（]\\d{1,3}[)）]"
                    + "|[①-⑳]"
                    + "|第[一二三四五六七八九十\\d]{1,3}步).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CONCLUSION = Pattern.compile(
            OPENING
                    + "(?:(?:(?:the\\s+)?(?:final\\s+)?answer|(?:in\\s+)?conclusion|therefore|thus|hence|so|overall|in\\s+summary)\\b"
                    + "|答案|结论|因此|所以|总之).*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BULLET = Pattern.compile("[-*+•]\\s.*");
    private static final Pattern INLINE_STEP = Pattern.compile(
            "(?<=^|\\s)(?:\\*\\*|__)?step\\s*(\\d{1,3})(?:\\*\\*|__)?\\s*[:.)]", Pattern.CASE_INSENSITIVE);
    private static final Pattern INLINE_NUMBER = Pattern.compile("(?<=^|\\s)(\\d{1,3})[.)](?=\\s)");

    private NumberedSteps() {}

    /** Whether at least two steps carry a number. */
    static boolean counts(String text) {
        return marks(text, Line.of(text)).size() >= 2 || inline(text).size() >= 2;
    }

    static List<Integer> starts(String text) {
        List<Line> lines = Line.of(text);
        List<Integer> marks = marks(text, lines);
        if (marks.size() < 2) {
            List<Integer> inline = inline(text);
            if (inline.size() > marks.size()) {
                return inline.subList(1, inline.size());
            }
        }
        List<Integer> starts = new ArrayList<>();
        marks.stream().skip(1).forEach(i -> starts.add(lines.get(i).start()));
        if (!marks.isEmpty()) {
            int conclusion = conclusion(text, lines, marks);
            if (conclusion >= 0) {
                starts.add(lines.get(conclusion).start());
            }
        }
        return starts;
    }

    /** Indexes of the lines that begin a step. */
    private static List<Integer> marks(String text, List<Line> lines) {
        List<Integer> marks = new ArrayList<>();
        int deepest = -1;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.inCode() || !MARK.matcher(line.words()).matches()) {
                continue;
            }
            int indent = line.indent(text);
            if (deepest < 0) {
                deepest = indent + 1;
            }
            if (indent <= deepest) {
                marks.add(i);
            }
        }
        return marks;
    }

    /** Index of the line after the last item where a closing step begins; -1 if there is none. */
    private static int conclusion(String text, List<Line> lines, List<Integer> marks) {
        boolean itemsHaveParagraphs =
                marks.size() > 1 && newParagraph(text, lines, marks.get(marks.size() - 2) + 1, marks.getLast()) >= 0;
        for (int i = marks.getLast() + 1; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (!line.inCode() && CONCLUSION.matcher(line.words()).matches()) {
                return i;
            }
            if (!itemsHaveParagraphs && newParagraph(text, lines, i, i + 1) == i) {
                return i;
            }
        }
        return -1;
    }

    /** First line in a range that follows a blank one and is neither indented nor a bullet; -1 if none. */
    private static int newParagraph(String text, List<Line> lines, int from, int to) {
        for (int i = from; i < to; i++) {
            Line line = lines.get(i);
            if (!line.blank()
                    && !line.inCode()
                    && lines.get(i - 1).blank()
                    && line.indent(text) == 0
                    && !BULLET.matcher(line.words()).matches()) {
                return i;
            }
        }
        return -1;
    }

    /** Steps counted 1, 2, 3 … within a line: places of the numbers. */
    private static List<Integer> inline(String text) {
        List<Integer> steps = counted(INLINE_STEP.matcher(text));
        if (steps.size() >= 2) {
            return steps;
        }
        List<Integer> numbers = counted(INLINE_NUMBER.matcher(text));
        boolean fromTheStart =
                !numbers.isEmpty() && text.substring(0, numbers.getFirst()).isBlank();
        return fromTheStart ? numbers : List.of();
    }

    private static List<Integer> counted(Matcher number) {
        List<Integer> places = new ArrayList<>();
        int expected = 0;
        while (number.find()) {
            int found = Integer.parseInt(number.group(1));
            if (places.isEmpty() || found == expected) {
                places.add(number.start());
                expected = found + 1;
            }
        }
        return places;
    }
}
