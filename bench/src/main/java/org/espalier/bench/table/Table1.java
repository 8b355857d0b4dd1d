package org.espalier.bench.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultFigure;
import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;
import tools.jackson.databind.JsonNode;

/**
 * The paper's Table 1, and a block of rows of our own under it.
 *
 * @param differences between the ways in which ours were measured, each in a clause; where there are any, none of ours
 *     is called best
 */
public record Table1(List<TableRow> published, List<TableRow> ours, List<String> differences) {
    /** What the heading of our rows says. */
    public static final String OURS = "Measured here";

    /** Rounding in the paper is not consistent at a half: its figures hold to a hundredth. */
    static final double TOLERANCE = 0.0101;

    public Table1 {
        published = List.copyOf(published);
        ours = List.copyOf(ours);
        differences = List.copyOf(differences);
    }

    /** The published rows with ours. */
    public static Table1 published(List<TableRow> ours, List<String> differences) {
        JsonNode rows = Json.parse(Shipped.text(Table1.class, "table1.json")).path("rows");
        return new Table1(rows.valueStream().map(Table1::row).toList(), ours, differences);
    }

    private static TableRow row(JsonNode in) {
        Map<Column, Double> cells = new EnumMap<>(Column.class);
        Map<Column, String> notes = new EnumMap<>(Column.class);
        Column[] columns = Column.values();
        for (int i = 0; i < columns.length; i++) {
            cells.put(columns[i], in.required("cells").required(i).doubleValue());
        }
        in.path("notes")
                .properties()
                .forEach(note -> notes.put(
                        Column.valueOf(note.getKey().toUpperCase(Locale.ROOT)),
                        note.getValue().stringValue()));
        return new TableRow(
                in.required("model").stringValue(), in.required("group").stringValue(), cells, notes);
    }

    /** A row of ours from the results of one model's runs. */
    public static TableRow row(String model, List<Result> results) {
        Map<Column, Double> cells = new EnumMap<>(Column.class);
        Map<Column, String> notes = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            List<ResultFigure> figures = column.source().stream()
                    .flatMap(source -> results.stream()
                            .filter(result -> result.benchmark().equals(source.benchmark()))
                            .flatMap(result -> result.figure(source.figure()).stream()))
                    .filter(figure -> figure.value().isPresent())
                    .toList();
            if (!figures.isEmpty()) {
                cells.put(column, figures.getFirst().value().orElseThrow());
                note(figures).ifPresent(note -> notes.put(column, note));
            }
        }
        return new TableRow(model, OURS, cells, notes).averaged();
    }

    /** What a reader must know of a cell of ours. */
    private static Optional<String> note(List<ResultFigure> figures) {
        List<String> notes = new ArrayList<>(figures.getFirst().note().stream().toList());
        if (figures.size() > 1) {
            notes.add("the first of " + figures.size() + " runs of this model");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", notes));
    }

    /**
     * Rows with the best value in a column. The paper's rows are best among themselves and ours among ourselves: the two
     * were measured under different protocols.
     */
    public Set<String> best(Column column, boolean measuredHere) {
        if (measuredHere && !differences.isEmpty()) {
            return Set.of();
        }
        List<TableRow> rows = measuredHere ? ours : published;
        Optional<Double> best = Optional.empty();
        for (TableRow row : rows) {
            OptionalDouble value = row.cell(column);
            if (value.isPresent()
                    && best.map(so -> column.direction().better(value.getAsDouble(), so))
                            .orElse(true)) {
                best = Optional.of(value.getAsDouble());
            }
        }
        Optional<Double> found = best;
        return rows.stream()
                .filter(row -> found.isPresent()
                        && row.cell(column).isPresent()
                        && row.cell(column).getAsDouble() == found.get())
                .map(TableRow::model)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Both blocks, ours last. */
    public List<TableRow> rows() {
        List<TableRow> rows = new ArrayList<>(published);
        rows.addAll(ours);
        return rows;
    }
}
