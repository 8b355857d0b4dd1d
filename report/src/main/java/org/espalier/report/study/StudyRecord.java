package org.espalier.report.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a part of a study found, with all that a reader needs to doubt it.
 *
 * @param part its name: {@code core}, {@code tune} or {@code curves}
 * @param command that repeats it
 * @param rows in the order of the study's file
 * @param cells those that are counted
 * @param planned how many cells there are to be
 * @param tried the rows that were measured on validation worlds, with what they are variants of
 * @param validation their cells
 * @param notes that a reader of the figures must know
 * @param made where and from what it was made
 */
public record StudyRecord(
        String part,
        String command,
        List<RowFacts> rows,
        List<CellCounts> cells,
        int planned,
        List<RowFacts> tried,
        List<CellCounts> validation,
        List<String> notes,
        Provenance made) {
    /**
     * Where and from what it was made.
     *
     * @param hashes of files, by what they are
     * @param commits of the checkout
     * @param date when the report was written
     * @param seconds of all stages of a row in all cells, by label; what rows share counts for each
     */
    public record Provenance(
            SortedMap<String, String> hashes,
            StudyCommits commits,
            String machine,
            String date,
            SortedMap<String, Double> seconds) {
        public Provenance {
            hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
            seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
        }
    }

    public StudyRecord {
        rows = List.copyOf(rows);
        cells = List.copyOf(cells);
        tried = List.copyOf(tried);
        validation = List.copyOf(validation);
        notes = List.copyOf(notes);
    }

    /** Counts of a row in all cells together. */
    public PathCounts of(RowFacts row, StudyScope scope) {
        return of(cells, row, scope);
    }

    public static PathCounts of(List<CellCounts> cells, RowFacts row, StudyScope scope) {
        return cells.stream()
                .flatMap(cell -> cell.row(row.label()).stream())
                .map(scope::of)
                .reduce(PathCounts.NONE, PathCounts::plus);
    }

    /** The latest step at which any path first goes wrong; 0 where none does. */
    public int lastWrongStep() {
        return rows.stream()
                .flatMap(row -> of(row, StudyScope.ALL).firstWrongStep().keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /** SER on the validation worlds; empty where it was not measured there. */
    public OptionalDouble validated(RowFacts row) {
        return StudyRate.SER.of(of(validation, row, StudyScope.ALL));
    }

    /** Splits beside those of the headline. */
    public List<String> splitsApart() {
        TreeSet<String> apart = new TreeSet<>();
        cells.forEach(cell -> cell.rows().values().forEach(row -> apart.addAll(row.splits())));
        StudyScope.HEADLINE.forEach(apart::remove);
        return List.copyOf(apart);
    }

    /** Everything that is told: all, unsafe, safe, each split. */
    public List<StudyScope> scopes() {
        List<StudyScope> scopes = new ArrayList<>(StudyScope.RISKS);
        Stream.concat(StudyScope.HEADLINE.stream(), splitsApart().stream())
                .filter(split -> cells.stream()
                        .flatMap(cell -> cell.rows().values().stream())
                        .anyMatch(row -> row.splits().contains(split)))
                .forEach(split -> scopes.add(StudyScope.of(split)));
        return scopes;
    }

    /** Rows that were trained and are no baseline, the best on validation first; in the file's order where none was validated. */
    public List<RowFacts> methods() {
        return rows.stream()
                .filter(row -> !row.baseline()
                        && !row.stages().isEmpty()
                        && row.values().isEmpty())
                .sorted(bestOnValidation())
                .toList();
    }

    /** Baselines with the same stages as a row, the best on validation first; in the file's order where none was validated. */
    public List<RowFacts> baselines(RowFacts row) {
        return rows.stream()
                .filter(one -> one.baseline()
                        && !one.label().equals(row.label())
                        && one.schedule().equals(row.schedule()))
                .sorted(bestOnValidation())
                .toList();
    }

    private Comparator<RowFacts> bestOnValidation() {
        return Comparator.comparingDouble(row -> -validated(row).orElse(0));
    }

    /** What a method is measured by: the best of its {@link #baselines}, and what its own first stages made where that is one. */
    public List<RowFacts> opponents(RowFacts row) {
        return Stream.concat(baselines(row).stream().limit(1), firstStages(row).stream())
                .toList();
    }

    /** Baselines that a row is the continuation of. */
    private List<RowFacts> firstStages(RowFacts row) {
        return rows.stream().filter(one -> one.baseline() && row.continues(one)).toList();
    }

    /** Each method against its {@link #opponents}. */
    public List<StudyDifference> headline() {
        return methods().stream()
                .flatMap(row -> opponents(row).stream()
                        .flatMap(baseline ->
                                StudyDifference.of(cells, row, baseline, StudyScope.ALL, StudyRate.SER).stream()))
                .toList();
    }

    /** Whether settings are chosen by this part, on validation worlds. */
    boolean chooses() {
        return part.equals("tune");
    }

    /**
     * Every row against each baseline of its schedule, of two baselines the later, and against its own first stages. Where settings are
     * chosen, of a row's variants only the rates are of interest.
     */
    public List<StudyDifference> differences(StudyRate rate) {
        List<StudyDifference> all = new ArrayList<>();
        for (RowFacts row : rows) {
            if (chooses() && !row.label().equals(row.of())) {
                continue;
            }
            for (RowFacts baseline : baselines(row)) {
                // The other way round says the same.
                if (row.baseline() && rows.indexOf(row) < rows.indexOf(baseline)) {
                    continue;
                }
                scopes().forEach(scope ->
                        StudyDifference.of(cells, row, baseline, scope, rate).ifPresent(all::add));
            }
            for (RowFacts first : firstStages(row)) {
                scopes().forEach(scope ->
                        StudyDifference.of(cells, row, first, scope, rate).ifPresent(all::add));
            }
        }
        return all;
    }
}
