package org.espalier.studio.run;

import org.espalier.studio.web.Fields;

/**
 * Which answers are meant; what is empty does not filter.
 *
 * @param words all must stand in the question's id, the query, the answer or the reason
 * @param cell or everything below it
 * @param kind unsafe question or safe twin
 */
record AnswerFilter(String words, String verdict, String cell, String split, String kind) {
    static final String WORDS = "words";
    static final String VERDICT = "verdict";
    static final String CELL = "category";
    static final String SPLIT = "split";
    static final String KIND = "kind";

    static final AnswerFilter ALL = new AnswerFilter("", "", "", "", "");

    static AnswerFilter read(Fields fields) {
        return new AnswerFilter(
                fields.one(WORDS).strip(), fields.one(VERDICT), fields.one(CELL), fields.one(SPLIT), fields.one(KIND));
    }

    boolean fitsVerdict(String label) {
        return fits(verdict, label);
    }

    boolean fitsCell(String label) {
        return fits(cell, label) || label.startsWith(cell + "/");
    }

    boolean fitsSplit(String label) {
        return fits(split, label);
    }

    boolean fitsKind(String label) {
        return fits(kind, label);
    }

    private static boolean fits(String wanted, String label) {
        return wanted.isEmpty() || wanted.equals(label);
    }
}
