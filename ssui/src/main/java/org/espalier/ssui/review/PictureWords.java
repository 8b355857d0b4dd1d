package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import org.espalier.store.Statements;

/** The table {@code picture_word}: what people said of pictures alone, only ever added to; one word of each stands. */
record PictureWords(EventTime time) {
    /** Writes a word as the event that follows {@code seen}. @return whether the reviewer had not said the same before */
    boolean add(Connection connection, Reviewed seen, String reviewer, boolean harmless) throws SQLException {
        boolean said = Statements.first(
                        connection,
                        row -> row.getInt(1) == 1,
                        "select harmless from picture_word where draft = ? and reviewer = ? and standing = 1",
                        seen.seq(),
                        reviewer)
                .filter(before -> before == harmless)
                .isPresent();
        if (!said) {
            Statements.update(
                    connection,
                    "update picture_word set standing = 0 where draft = ? and reviewer = ?",
                    seen.seq(),
                    reviewer);
            insert(connection, seen, reviewer, harmless, 1, 0);
        }
        return !said;
    }

    /** Takes back word {@code number}; what the reviewer had said before stands again. */
    void takeBack(Connection connection, Reviewed seen, String reviewer, int number) throws SQLException {
        insert(connection, seen, reviewer, false, 0, number);
        Statements.update(
                connection,
                "update picture_word set undone = 1, standing = 0 where draft = ? and number = ?",
                seen.seq(),
                number);
        Statements.update(
                connection,
                "update picture_word set standing = 1 where draft = ? and number = (select max(number) from picture_word"
                        + " where draft = ? and reviewer = ? and undone = 0 and undoes = 0)",
                seen.seq(),
                seen.seq(),
                reviewer);
    }

    private void insert(
            Connection connection, Reviewed seen, String reviewer, boolean harmless, int standing, int undoes)
            throws SQLException {
        Statements.update(
                connection,
                "insert into picture_word (draft, number, reviewer, at, harmless, standing, undoes)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                seen.seq(),
                seen.version() + 1,
                reviewer,
                time.of(connection, reviewer),
                harmless ? 1 : 0,
                standing,
                undoes);
    }
}
