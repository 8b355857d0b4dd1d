package org.espalier.report.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.bench.stats.ClusterMean;
import org.espalier.bench.stats.Interval;
import org.espalier.core.text.Counted;

/** A study in sentences that are made from its numbers: equals are compared with equals, and nothing is said that an interval does not. */
public record StudySummary(StudyRecord study) {
    /** What was counted, then a sentence for each method; of what was tried, the best of each row. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>(List.of(extent()));
        study.methods().forEach(row -> sentences.addAll(sentences(row)));
        if (study.chooses()) {
            study.rows().stream()
                    .filter(row -> row.values().isEmpty())
                    .flatMap(row -> best(row).stream())
                    .forEach(sentences::add);
        }
        return sentences;
    }

    private Optional<String> best(RowFacts row) {
        List<RowFacts> tried = study.tried().stream()
                .filter(one ->
                        one.of().equals(row.label()) && study.validated(one).isPresent())
                .toList();
        return tried.stream()
                .max(Comparator.comparingDouble(one -> study.validated(one).orElseThrow()))
                .filter(_ -> tried.size() > 1)
                .map(best -> String.format(
                        Locale.ROOT,
                        "Of %d variants of %s on the validation worlds the best is %s, with an SER of %.1f %%%s.",
                        tried.size(),
                        row.label(),
                        best.values().isEmpty() ? "that of the file" : best.variation(),
                        study.validated(best).orElseThrow(),
                        best.equals(row) || study.validated(row).isEmpty()
                                ? ""
                                : String.format(
                                        Locale.ROOT,
                                        "; that of the file has %.1f %%",
                                        study.validated(row).getAsDouble())));
    }

    /** How much was counted. */
    public String extent() {
        long units = study.cells().stream()
                .map(cell -> cell.cell().unit())
                .distinct()
                .count();
        String counted = study.cells().size() == study.planned()
                ? Counted.of(study.planned(), "cell")
                : study.cells().size() + " of " + Counted.of(study.planned(), "cell");
        return counted + " of " + Counted.of(units, "pair of base model and world", "pairs of base model and world")
                + "; differences are in points of SER over "
                + (study.chooses() ? "validation questions" : "seen pairs and held-out combinations")
                + ", paired by cell, with 95 % intervals over those pairs.";
    }

    private List<String> sentences(RowFacts row) {
        List<RowFacts> opponents = study.opponents(row);
        if (opponents.isEmpty()) {
            return List.of(row.label() + " is not compared: no baseline has " + row.scheduleWords() + ".");
        }
        List<String> sentences = new ArrayList<>();
        opponents.forEach(baseline -> sentences.add(sentence(row, baseline)));
        sentences.set(0, sentences.getFirst() + others(row));
        return sentences;
    }

    /** By how much the row differs from the baselines of its length that were worse on validation. */
    private String others(RowFacts row) {
        String told = study.baselines(row).stream()
                .skip(1)
                .flatMap(baseline ->
                        difference(row, baseline, StudyScope.ALL)
                                .map(it -> baseline.label() + " " + shortly(it))
                                .stream())
                .collect(Collectors.joining("; "));
        return told.isEmpty() ? "" : " Against other baselines of its length: " + told + ".";
    }

    private String sentence(RowFacts row, RowFacts baseline) {
        Optional<StudyDifference> all = difference(row, baseline, StudyScope.ALL);
        if (all.isEmpty()) {
            return row.label() + " is not compared yet: no cell has both it and " + baseline.label() + ".";
        }
        String sentence = switch (all.get().verdict()) {
            case "ahead" -> row.label() + " is ahead of " + baseline.label() + " by " + told(all.get());
            case "behind" -> row.label() + " is behind " + baseline.label() + ": " + told(all.get());
            default -> row.label() + " is not told apart from " + baseline.label() + ": " + told(all.get());
        };
        return sentence
                + difference(row, baseline, StudyScope.UNSAFE)
                        .map(it -> "; unsafe questions " + shortly(it))
                        .orElse("")
                + difference(row, baseline, StudyScope.SAFE)
                        .map(it -> ", safe twins " + shortly(it))
                        .orElse("")
                + ".";
    }

    private Optional<StudyDifference> difference(RowFacts row, RowFacts baseline, StudyScope scope) {
        return StudyDifference.of(study.cells(), row, baseline, scope, StudyRate.SER);
    }

    private static String told(StudyDifference difference) {
        ClusterMean mean = difference.mean();
        return points(mean.mean()) + " ("
                + mean.interval().map(StudySummary::interval).orElse("one pair, no interval") + "; higher in "
                + mean.up() + " of " + Counted.of(difference.cells(), "cell") + ")";
    }

    private static String shortly(StudyDifference difference) {
        return points(difference.mean().mean())
                + difference
                        .mean()
                        .interval()
                        .map(it -> " (" + interval(it) + ")")
                        .orElse("");
    }

    /** As {@code +1.2}. */
    public static String points(double difference) {
        String number = String.format(Locale.ROOT, "%+.1f", difference).replace('-', '−');
        return number.matches("[+−]0\\.0") ? "0.0" : number;
    }

    /** As {@code −0.3 to +1.9}. */
    public static String interval(Interval interval) {
        return points(interval.low()) + " to " + points(interval.high());
    }

    /** How the baselines were chosen. */
    public String choice() {
        return study.validation().isEmpty()
                ? "No row was measured on validation worlds, so that of several baselines of one schedule the first of the file"
                        + " is compared with."
                : "Methods stand in the order of their SER on the validation worlds; of several baselines of one schedule, that with"
                        + " the highest SER there is compared with.";
    }
}
