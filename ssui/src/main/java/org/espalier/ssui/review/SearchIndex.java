package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.espalier.store.Statements;

/** The full-text index over query, steps and answer: FTS5 in SQLite, a tsvector in PostgreSQL. */
record SearchIndex(boolean postgres) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** The statement that enters the words of a new draft, whose text is in the store. */
    String entry() {
        return postgres
                ? "update draft_text set words = to_tsvector('simple', ?) where seq = ?"
                : "insert into draft_words (rowid, query, steps, answer) values (?, ?, ?, ?)";
    }

    /** Its parameters. */
    Object[] entered(long seq, DraftText wording) {
        String steps = String.join(" ", wording.steps());
        return postgres
                ? new Object[] {String.join(" ", wording.query(), steps, wording.answer()), seq}
                : new Object[] {seq, wording.query(), steps, wording.answer()};
    }

    void replace(Connection connection, long seq, DraftText wording) throws SQLException {
        if (!postgres) {
            Statements.update(connection, "delete from draft_words where rowid = ?", seq);
        }
        Statements.update(connection, entry(), entered(seq, wording));
    }

    /** A condition on {@code draft.seq} with one parameter, {@link #asked}. */
    String condition() {
        return postgres
                ? "seq in (select seq from draft_text where words @@ to_tsquery('simple', ?))"
                : "seq in (select rowid from draft_words where draft_words match ?)";
    }

    /**
     * The numbers of all drafts that hold the words and fit. SQLite goes from the words to the drafts here, which is
     * half the work where most of them hold the words.
     *
     * @param fits a condition on {@code draft}
     */
    String all(String fits) {
        return postgres
                ? "select seq from draft where " + fits + " and " + condition()
                : "select draft.seq from draft_words cross join draft on draft.seq = draft_words.rowid where " + fits
                        + " and draft_words match ?";
    }

    /**
     * What people typed as a query in the index's language: all words must stand in the draft; the last may be the
     * beginning of one.
     */
    String asked(String typed) {
        List<String> words = WORD.matcher(typed.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
        if (words.isEmpty()) {
            return postgres ? "" : "\"\"";
        }
        return postgres ? String.join(" & ", words) + ":*" : "\"" + String.join("\" \"", words) + "\"*";
    }
}
