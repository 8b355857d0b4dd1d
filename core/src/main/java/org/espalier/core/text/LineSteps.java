package org.espalier.core.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Steps that are lines. */
final class LineSteps {
    private static final Pattern HEADING = Pattern.compile(
            "#{1,6}\\s.*|(\\*\\*|__)(?=.{1,60}$)[^*]*[^*.!?。！？](\\*\\*|__):?|(\\*\\*|__)[^*]{1,60}:(\\*\\*|__)");
    private static final Pattern SAYS_SOMETHING = Pattern.compile(".*[\\p{L}\\p{N}\\p{So}].*");

    private LineSteps() {}

    static List<Integer> starts(String text) {
        List<Integer> starts = new ArrayList<>();
        boolean afterHeading = false;
        for (Line line : Line.of(text)) {
            if (line.inCode() || !SAYS_SOMETHING.matcher(line.words()).matches()) {
                // Rules such as "---", blank lines and code belong to the step before them.
                continue;
            }
            if (!afterHeading) {
                starts.add(line.start());
            }
            afterHeading = HEADING.matcher(line.words()).matches();
        }
        // What stands before the first step (a rule, say) belongs to it.
        return starts.isEmpty() ? starts : starts.subList(1, starts.size());
    }
}
