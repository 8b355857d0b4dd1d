package org.espalier.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a text.
 *
 * @param end before the line end
 * @param inCode inside a code fence or its closing line: no step begins here
 */
record Line(int start, int end, String words, boolean inCode) {
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\n\r\u2028\u2029]");
    private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");

    /** Whether it has anything in it. */
    boolean blank() {
        return words.isEmpty();
    }

    /** Columns of white space before the first word. */
    int indent(String text) {
        return text.substring(start, end).indexOf(words);
    }

    static List<Line> of(String text) {
        List<Line> lines = new ArrayList<>();
        Matcher ends = LINE_END.matcher(text);
        int from = 0;
        while (ends.find()) {
            lines.add(new Line(
                    from, ends.start(), text.substring(from, ends.start()).strip(), false));
            from = ends.end();
        }
        lines.add(new Line(from, text.length(), text.substring(from).strip(), false));
        return markCode(lines);
    }

    /** A fence that is never closed was cut off or is no fence: its lines count as words. */
    private static List<Line> markCode(List<Line> lines) {
        List<Line> marked = new ArrayList<>(lines);
        int open = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (!FENCE.matcher(lines.get(i).words()).matches()) {
                continue;
            }
            if (open < 0) {
                open = i;
                continue;
            }
            for (int inside = open + 1; inside <= i; inside++) {
                Line line = lines.get(inside);
                marked.set(inside, new Line(line.start(), line.end(), line.words(), true));
            }
            open = -1;
        }
        return marked;
    }
}
