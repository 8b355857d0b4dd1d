package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.file.Json;
import org.espalier.store.Statements;

/** The tables {@code draft} and {@code draft_text}. */
record DraftTable(SearchIndex words) {
    static final String COLUMNS =
            "select d.seq, d.state, d.version, d.opinions, d.disputed, t.original, t.current from draft d"
                    + " join draft_text t on t.seq = d.seq ";

    private static final String PLACE = "insert into draft (id, image, category, risk) values (?, ?, ?, ?)"
            + " on conflict (id) do nothing returning seq";
    private static final String TEXT = "insert into draft_text (seq, query, original, current) values (?, ?, ?, ?)";

    /** Adds those that are new. Statements are prepared once for all of them. @return how many are new */
    int putAll(Connection connection, Collection<Draft> drafts) throws SQLException {
        try (PreparedStatement place = connection.prepareStatement(PLACE);
                PreparedStatement text = connection.prepareStatement(TEXT);
                PreparedStatement entry = connection.prepareStatement(words.entry())) {
            int added = 0;
            for (Draft draft : drafts) {
                OptionalLong seq = place(place, draft);
                if (seq.isPresent()) {
                    String line = Json.line(draft.json());
                    Statements.fill(text, seq.getAsLong(), draft.query(), line, line)
                            .executeUpdate();
                    Statements.fill(entry, words.entered(seq.getAsLong(), draft.wording()))
                            .executeUpdate();
                    added++;
                }
            }
            return added;
        }
    }

    /** @return its number; empty where a draft with this id is there already */
    private static OptionalLong place(PreparedStatement place, Draft draft) throws SQLException {
        Statements.fill(
                place, draft.id(), draft.image(), draft.category(), draft.risk().label());
        try (ResultSet row = place.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    Optional<Reviewed> current(Connection connection, String id) throws SQLException {
        return Statements.first(connection, DraftTable::reviewed, COLUMNS + "where d.id = ?", id);
    }

    Optional<String> image(Connection connection, String id) throws SQLException {
        return Statements.first(connection, row -> row.getString(1), "select image from draft where id = ?", id);
    }

    /** @throws InputException if there is no such draft */
    Reviewed known(Connection connection, String id) throws SQLException {
        return current(connection, id).orElseThrow(() -> new InputException("there is no draft \"" + id + "\""));
    }

    /** Takes the next version for a writer who saw {@code version}; false where somebody else did. */
    boolean advance(Connection connection, String id, int version) throws SQLException {
        return Statements.update(
                        connection, "update draft set version = version + 1 where id = ? and version = ?", id, version)
                == 1;
    }

    /** Sets the version to the number of the last event that was written in the same transaction. */
    void settle(Connection connection, String id, int version) throws SQLException {
        Statements.update(connection, "update draft set version = ? where id = ?", version, id);
    }

    void write(Connection connection, Reviewed before, Draft now) throws SQLException {
        boolean revised = !before.original().wording().equals(now.wording());
        Statements.update(
                connection,
                "update draft set category = ?, risk = ?, revised = ? where seq = ?",
                now.category(),
                now.risk().label(),
                revised ? 1 : 0,
                before.seq());
        Statements.update(
                connection,
                "update draft_text set query = ?, current = ? where seq = ?",
                now.query(),
                Json.line(now.json()),
                before.seq());
        words.replace(connection, before.seq(), now.wording());
    }

    static Reviewed reviewed(ResultSet row) throws SQLException {
        String original = row.getString(6);
        String current = row.getString(7);
        Draft first = Draft.of(Json.parse(original));
        return new Reviewed(
                row.getLong(1),
                first,
                original.equals(current) ? first : Draft.of(Json.parse(current)),
                Labelled.find(DraftState.class, row.getString(2)).orElseThrow(),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5) == 1);
    }
}
