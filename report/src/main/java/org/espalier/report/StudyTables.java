package org.espalier.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.espalier.report.study.PathCounts;
import org.espalier.report.study.RowCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyDifference;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;
import org.espalier.report.study.StudySummary;

/** The tables of a study, which its page, its Markdown and its LaTeX share. */
record StudyTables(StudyRecord study) {
    /** Lines of words under a head; the first column is text, and so are {@code words} more. */
    record Table(String caption, List<String> head, List<List<String>> lines, int words) {
        Table {
            head = List.copyOf(head);
            lines = List.copyOf(lines);
        }
    }

    /** SER, SR and ER on all, unsafe, safe. */
    Table rates() {
        List<String> head = new ArrayList<>(List.of("row"));
        for (StudyScope scope : StudyScope.RISKS) {
            for (StudyRate rate : List.of(StudyRate.SER, StudyRate.SR, StudyRate.ER)) {
                head.add(rate.title() + ", " + scope.title());
            }
        }
        head.add("paths");
        List<List<String>> lines = new ArrayList<>();
        for (RowFacts row : study.rows()) {
            List<String> line = new ArrayList<>(List.of(row.label()));
            for (StudyScope scope : StudyScope.RISKS) {
                for (StudyRate rate : List.of(StudyRate.SER, StudyRate.SR, StudyRate.ER)) {
                    line.add(percent(rate.of(study.of(row, scope))));
                }
            }
            line.add(Long.toString(study.of(row, StudyScope.ALL).judged()));
            lines.add(line);
        }
        return new Table("Rates over all cells, percent", head, lines, 0);
    }

    /** SER by split, and given a right first step. */
    Table splits() {
        List<StudyScope> splits =
                study.scopes().subList(StudyScope.RISKS.size(), study.scopes().size());
        List<String> head = new ArrayList<>(List.of("row"));
        splits.forEach(scope -> {
            head.add("SER, " + scope.title() + (StudyScope.HEADLINE.contains(scope.title()) ? "" : " (apart)"));
            head.add("given a right first step");
        });
        List<List<String>> lines = new ArrayList<>();
        for (RowFacts row : study.rows()) {
            List<String> line = new ArrayList<>(List.of(row.label()));
            splits.forEach(scope -> {
                PathCounts counts = study.of(row, scope);
                line.add(percent(StudyRate.SER.of(counts)));
                line.add(percent(StudyRate.SER_SEEN.of(counts)));
            });
            lines.add(line);
        }
        return new Table("SER by what the base model has met, percent", head, lines, 0);
    }

    /** Of the paths that go wrong, how many first do so at which step, by split. */
    Table wrongSteps() {
        List<StudyScope> splits =
                study.scopes().subList(StudyScope.RISKS.size(), study.scopes().size());
        int steps = study.lastWrongStep();
        List<String> head = new ArrayList<>(List.of("row", "on", "wrong, of all"));
        IntStream.rangeClosed(1, steps).forEach(step -> head.add("step " + step));
        List<List<String>> lines = new ArrayList<>();
        for (RowFacts row : study.rows()) {
            splits.forEach(scope -> lines.add(wrongSteps(row, scope, steps)));
        }
        lines.removeIf(List::isEmpty);
        return new Table("Where paths first go wrong, percent of those that do", head, lines, 1);
    }

    private List<String> wrongSteps(RowFacts row, StudyScope scope, int steps) {
        PathCounts counts = study.of(row, scope);
        long wrong = counts.wrong();
        if (wrong == 0) {
            return List.of();
        }
        List<String> line = new ArrayList<>(
                List.of(row.label(), scope.title(), ReportWording.percent(100.0 * wrong / counts.judged())));
        for (int step = 1; step <= steps; step++) {
            line.add(ReportWording.percent(100.0 * counts.firstWrongStep().getOrDefault(step, 0L) / wrong));
        }
        return line;
    }

    /** Paired differences of a rate. */
    Table differences(StudyRate rate) {
        List<List<String>> lines = new ArrayList<>();
        for (StudyDifference one : study.differences(rate)) {
            lines.add(List.of(
                    one.row().label(),
                    one.baseline().label(),
                    one.scope().title(),
                    StudySummary.points(one.mean().mean()),
                    one.mean().interval().map(StudySummary::interval).orElse("–"),
                    one.verdict(),
                    one.mean().up() + " · " + one.mean().level() + " · "
                            + one.mean().down(),
                    Integer.toString(one.mean().clusters())));
        }
        return new Table(
                "Differences of " + rate.title() + ", percentage points",
                List.of(
                        "row",
                        "against",
                        "on",
                        "difference",
                        "95 % interval",
                        "verdict",
                        "cells up · level · down",
                        "units"),
                lines,
                2);
    }

    /** What each row took in a cell, on average. */
    Table cost() {
        List<List<String>> lines = new ArrayList<>();
        for (RowFacts row : study.rows()) {
            if (!row.stages().isEmpty()) {
                lines.add(List.of(
                        row.label(),
                        row.scheduleWords(),
                        count(mean(row, RowCounts.StageCost::steps)),
                        count(mean(row, RowCounts.StageCost::trained)),
                        count(mean(row, RowCounts.StageCost::drawn)),
                        seconds(row)));
            }
        }
        return new Table(
                "What a row takes in a cell, on average",
                List.of("row", "stages", "steps", "tokens trained on", "tokens drawn", "seconds on one processor"),
                lines,
                1);
    }

    private String seconds(RowFacts row) {
        Double seconds = study.made().seconds().get(row.label());
        return seconds == null || study.cells().isEmpty()
                ? "–"
                : count(seconds / study.cells().size());
    }

    private double mean(RowFacts row, ToLongFunction<RowCounts.StageCost> cost) {
        return study.cells().stream()
                .flatMap(cell -> cell.row(row.label()).stream())
                .mapToLong(counts -> counts.stages().stream().mapToLong(cost).sum())
                .average()
                .orElse(0);
    }

    /** Every variant that was measured on validation worlds. */
    Table tried() {
        List<List<String>> lines = new ArrayList<>();
        for (RowFacts row : study.tried()) {
            List<String> line =
                    new ArrayList<>(List.of(row.of(), row.values().isEmpty() ? "as in the file" : row.variation()));
            for (StudyScope scope : StudyScope.RISKS) {
                line.add(percent(StudyRate.SER.of(StudyRecord.of(study.validation(), row, scope))));
            }
            line.add(Long.toString(study.validation().stream()
                    .filter(cell -> cell.row(row.label()).isPresent())
                    .count()));
            lines.add(line);
        }
        return new Table(
                "All that was tried on validation worlds: SER, percent",
                List.of("row", "variant", "all questions", "unsafe questions", "safe twins", "cells"),
                lines,
                1);
    }

    /** What each row is. */
    Table rows() {
        List<List<String>> lines = new ArrayList<>();
        for (RowFacts row : study.rows()) {
            lines.add(List.of(row.label(), row.baseline() ? "baseline" : "", row.about(), stages(row)));
        }
        return new Table("Rows", List.of("row", "used as", "what it is", "stages"), lines, 3);
    }

    /** Of files that went in. */
    Table hashes() {
        List<List<String>> lines = new ArrayList<>();
        study.made().hashes().forEach((name, hash) -> lines.add(List.of(name, hash)));
        return new Table("SHA-256 of what went in", List.of("file", "hash"), lines, 1);
    }

    private static String stages(RowFacts row) {
        List<String> stages = new ArrayList<>();
        for (RowFacts.StageFacts stage : row.stages()) {
            StringBuilder words = new StringBuilder(stage.method() + ", " + stage.epochs() + " epochs of "
                    + stage.questions() + " questions, explored from " + stage.from());
            stage.settings().forEach((name, value) -> words.append(", " + name + " " + value));
            stages.add(words.toString());
        }
        return String.join("; then ", stages);
    }

    static String percent(OptionalDouble percent) {
        return percent.isPresent() ? ReportWording.percent(percent.getAsDouble()) : "–";
    }

    private static String count(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }
}
