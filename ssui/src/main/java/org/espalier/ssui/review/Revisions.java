package org.espalier.ssui.review;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.file.Json;
import org.espalier.store.Statements;
import tools.jackson.databind.node.ObjectNode;

/** The table {@code revision}: what people changed, only ever added to. */
record Revisions(DraftTable table, EventTime time) {
    private static final List<String> FIELDS = List.of("query", "steps", "answer", "risk", "category");

    /** Writes the words as the event that follows {@code seen}; the version has been taken. */
    void add(Connection connection, Reviewed seen, String reviewer, DraftText wording, int undoes) throws SQLException {
        Draft now = seen.current().with(wording);
        Statements.update(
                connection,
                "insert into revision (draft, number, reviewer, at, changes, undoes) values (?, ?, ?, ?, ?, ?)",
                seen.seq(),
                seen.version() + 1,
                reviewer,
                time.of(connection, reviewer),
                Json.line(Json.tree(changes(seen.current(), now))),
                undoes);
        table.write(connection, seen, now);
    }

    /** Takes back revision {@code number}, the newest that holds. */
    void takeBack(Connection connection, Reviewed seen, String reviewer, int number) throws SQLException {
        List<FieldChange> changes = Statements.list(
                        connection,
                        row -> changes(row.getString(1)),
                        "select changes from revision where draft = ? and number = ?",
                        seen.seq(),
                        number)
                .getFirst();
        ObjectNode line = seen.current().json();
        changes.forEach(change -> line.set(change.field(), change.from()));
        add(connection, seen, reviewer, Draft.of(line).wording(), number);
        Statements.update(
                connection, "update revision set undone = 1 where draft = ? and number = ?", seen.seq(), number);
    }

    static List<FieldChange> changes(String json) {
        List<FieldChange> changes = new ArrayList<>();
        Json.parse(json)
                .forEach(node -> changes.add(
                        new FieldChange(node.path("field").asString(), node.path("from"), node.path("to"))));
        return changes;
    }

    private static List<FieldChange> changes(Draft before, Draft after) {
        ObjectNode from = before.json();
        ObjectNode to = after.json();
        return FIELDS.stream()
                .filter(field -> !from.path(field).equals(to.path(field)))
                .map(field -> new FieldChange(field, from.path(field), to.path(field)))
                .toList();
    }
}
