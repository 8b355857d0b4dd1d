package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.espalier.report.draw.Html;

/** What became of a text, word by word: the longest common subsequence stays, the rest went or came. */
final class WordDiff {
    private static final Pattern PIECE = Pattern.compile("\\s+|[\\p{L}\\p{N}]+|.", Pattern.DOTALL);
    /** Products of lengths beyond which two texts are shown one after the other. */
    private static final long LARGEST = 4_000_000;

    private enum Fate {
        STAYED,
        WENT,
        CAME
    }

    private final List<Html> out = new ArrayList<>();
    private final StringBuilder stayed = new StringBuilder();
    private final StringBuilder went = new StringBuilder();
    private final StringBuilder came = new StringBuilder();
    private final StringBuilder gap = new StringBuilder();

    private WordDiff() {}

    /** Both texts in one, with {@code del} and {@code ins} around what differs. */
    static Html of(String before, String after) {
        List<String> from = pieces(before);
        List<String> to = pieces(after);
        WordDiff diff = new WordDiff();
        if ((long) from.size() * to.size() > LARGEST) {
            diff.take(Fate.WENT, before);
            diff.take(Fate.CAME, after);
        } else {
            diff.walk(from, to);
        }
        diff.end();
        return element("span", "diff").add(diff.out);
    }

    private static List<String> pieces(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group).toList();
    }

    private void walk(List<String> from, List<String> to) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] = from.get(i).equals(to.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                take(Fate.STAYED, from.get(i++));
                j++;
            } else if (j == to.size() || (i < from.size() && common[i + 1][j] >= common[i][j + 1])) {
                take(Fate.WENT, from.get(i++));
            } else {
                take(Fate.CAME, to.get(j++));
            }
        }
    }

    /** Blanks between two changes are changed with them: many small marks are hard to read. */
    private void take(Fate fate, String piece) {
        if (fate == Fate.STAYED) {
            if (piece.isBlank() && !(went.isEmpty() && came.isEmpty())) {
                gap.append(piece);
            } else {
                change();
                stayed.append(piece);
            }
            return;
        }
        StringBuilder other = fate == Fate.WENT ? came : went;
        if (!gap.isEmpty() && other.isEmpty()) {
            change();
        }
        if (!stayed.isEmpty()) {
            out.add(Html.text(stayed.toString()));
            stayed.setLength(0);
        }
        went.append(gap);
        came.append(gap);
        gap.setLength(0);
        (fate == Fate.WENT ? went : came).append(piece);
    }

    /** Writes what was gathered; a gap after it stays. */
    private void change() {
        if (!went.isEmpty()) {
            out.add(element("del").add(went.toString()));
        }
        if (!came.isEmpty()) {
            out.add(element("ins").add(came.toString()));
        }
        went.setLength(0);
        came.setLength(0);
        stayed.append(gap);
        gap.setLength(0);
    }

    private void end() {
        change();
        if (!stayed.isEmpty()) {
            out.add(Html.text(stayed.toString()));
        }
    }
}
