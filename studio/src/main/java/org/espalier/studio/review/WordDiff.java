package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.espalier.report.draw.Html;

/** What became of a text, word by word. */
final class WordDiff {
    private static final Pattern PIECE = Pattern.compile("\\s+|[\\p{L}\\p{N}]+|.", Pattern.DOTALL);
    /** Pieces of both beyond which two texts are shown one after the other: comparing takes the square of their number. */
    private static final int MOST_PIECES = 4000;
    /** Characters of both beyond which they are not cut into pieces at all. */
    private static final int MOST_CHARACTERS = 200_000;

    private final List<Html> out = new ArrayList<>();
    private String went = "";
    private String came = "";
    /** Blanks after the change that is being gathered. */
    private String gap = "";

    private WordDiff() {}

    /** Both texts in one, with {@code del} and {@code ins} around what differs. */
    static Html of(String before, String after) {
        WordDiff diff = new WordDiff();
        if (before.length() + after.length() > MOST_CHARACTERS || !diff.compares(pieces(before), pieces(after))) {
            diff.change(before, after);
        }
        diff.endChange();
        return element("span", "diff").add(diff.out);
    }

    private boolean compares(List<String> from, List<String> to) {
        if (from.size() + to.size() > MOST_PIECES) {
            return false;
        }
        DiffUtils.diff(from, to, new MyersDiffWithLinearSpace<>(), null, true)
                .getDeltas()
                .forEach(this::take);
        return true;
    }

    private static List<String> pieces(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Blanks between two changes are changed with them: many small marks are hard to read. */
    private void take(AbstractDelta<String> delta) {
        String source = String.join("", delta.getSource().getLines());
        String target = String.join("", delta.getTarget().getLines());
        if (delta.getType() != DeltaType.EQUAL) {
            change(source, target);
        } else if (source.isBlank() && !(went.isEmpty() && came.isEmpty())) {
            gap = source;
        } else {
            endChange();
            out.add(Html.text(source));
        }
    }

    private void change(String source, String target) {
        if ((went + source).isEmpty() || (came + target).isEmpty()) {
            endChange(); // nothing but additions, or but deletions: the blanks between them stay
        }
        went += gap + source;
        came += gap + target;
        gap = "";
    }

    /** Writes the change that was gathered; blanks after it stay. */
    private void endChange() {
        if (!went.isEmpty()) {
            out.add(element("del").add(went));
        }
        if (!came.isEmpty()) {
            out.add(element("ins").add(came));
        }
        if (!gap.isEmpty()) {
            out.add(Html.text(gap));
        }
        went = "";
        came = "";
        gap = "";
    }
}
