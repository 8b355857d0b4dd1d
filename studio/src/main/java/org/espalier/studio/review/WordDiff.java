package org.espalier.studio.review;

import static org.espalier.report.draw.Html.element;

import com.github.difflib.DiffUtils;
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
    /** Products of lengths beyond which two texts are shown one after the other. */
    private static final long LARGEST = 4_000_000;

    private final List<Html> out = new ArrayList<>();
    private String went = "";
    private String came = "";
    /** Blanks after the change that is being gathered. */
    private String gap = "";

    private WordDiff() {}

    /** Both texts in one, with {@code del} and {@code ins} around what differs. */
    static Html of(String before, String after) {
        List<String> from = pieces(before);
        List<String> to = pieces(after);
        WordDiff diff = new WordDiff();
        if ((long) from.size() * to.size() > LARGEST) {
            diff.change(before, after);
        } else {
            DiffUtils.diff(from, to, true).getDeltas().forEach(diff::take);
        }
        diff.endChange();
        return element("span", "diff").add(diff.out);
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
