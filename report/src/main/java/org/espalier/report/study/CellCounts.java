package org.espalier.report.study;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was counted in one cell. Its file holds no times, so that it is the same, byte for byte, whoever counts it again on the
 * same kind of processor.
 *
 * @param data hashes of what was asked and trained on, by name
 * @param rows by label, in the order of the study
 */
public record CellCounts(StudyCell cell, SortedMap<String, String> data, SequencedMap<String, RowCounts> rows) {
    public CellCounts {
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
        rows = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rows));
    }

    public Optional<RowCounts> row(String label) {
        return Optional.ofNullable(rows.get(label));
    }

    public ObjectNode json() {
        ObjectNode out = (ObjectNode) Json.tree(cell);
        out.set("data", Json.tree(data));
        ObjectNode of = out.putObject("rows");
        rows.forEach((label, row) -> of.set(label, row.json()));
        return out;
    }

    public void write(Path file) {
        AtomicFile.write(file, Json.page(json()));
    }

    /** @throws InputException if it is no such file */
    public static CellCounts read(Path file) {
        String advice = "it is not the file of a study's cell: remove it, and run the same study command again";
        ObjectNode in = JsonFile.read(file, advice);
        try {
            SortedMap<String, String> data = new TreeMap<>();
            in.required("data").properties().forEach(one -> data.put(one.getKey(), Json.text(one.getValue())));
            SequencedMap<String, RowCounts> rows = new LinkedHashMap<>();
            in.required("rows")
                    .properties()
                    .forEach(row -> rows.put(row.getKey(), RowCounts.read(row.getKey(), row.getValue())));
            return new CellCounts(Json.as(in, StudyCell.class), data, rows);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new InputException(file + " lacks something: " + advice, e);
        }
    }
}
