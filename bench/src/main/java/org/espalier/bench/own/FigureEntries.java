package org.espalier.bench.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.suite.Direction;
import org.espalier.core.file.Problems;
import org.espalier.core.text.Nearest;
import org.espalier.core.yaml.YamlEntries;

/** Reads what is counted. */
record FigureEntries(YamlEntries top, Problems problems, Grading grading, List<String> levels) {
    /** Of those whose labels are ours. */
    private static final OwnFigure ACCURACY = new OwnFigure(
            "accuracy",
            "Accuracy",
            new TreeMap<>(Map.of(Grading.RIGHT, 1.0)),
            Direction.HIGHER,
            true,
            false,
            Optional.empty());

    List<OwnFigure> read() {
        if (!top.has("figures")) {
            if (!grading.labels().contains(Grading.RIGHT)) {
                problems.add(1, "'figures' is missing: it says which labels are counted");
            }
            return List.of(ACCURACY);
        }
        YamlEntries said = top.inner("figures");
        List<OwnFigure> figures = new ArrayList<>();
        for (String key : said.names()) {
            figures.add(figure(key, said.inner(key), figures.isEmpty()));
        }
        if (figures.isEmpty()) {
            top.wrong("figures", "holds none");
        } else if (figures.stream().noneMatch(OwnFigure::headline)) {
            top.wrong("figures", "holds no headline: one of them is what the benchmark is known by");
        }
        return figures;
    }

    private OwnFigure figure(String key, YamlEntries said, boolean first) {
        if (!key.matches("[a-z][a-z0-9_]{0,49}")) {
            said.wrong(key, "names a figure: small letters, digits and _");
        }
        OwnFigure figure = new OwnFigure(
                key,
                said.text("title", key),
                worth(key, said),
                said.choice("better", Direction.HIGHER),
                said.flag("headline", first),
                said.choice("mean", List.of("questions", "cells"), "questions")
                        .filter("cells"::equals)
                        .isPresent(),
                level(said));
        said.refuseOthers("part of a figure");
        return figure;
    }

    private SortedMap<String, Double> worth(String key, YamlEntries said) {
        SortedMap<String, Double> worth = new TreeMap<>();
        if (said.has("counts") == said.has("worth")) {
            said.wrong(key, "needs either 'counts', a list of labels, or 'worth', a number from 0 to 1 for each label");
            said.has("worth");
            return worth;
        }
        if (said.has("counts")) {
            said.texts("counts").forEach(label -> worth.put(known(said, "counts", label), 1.0));
            return worth;
        }
        YamlEntries each = said.inner("worth");
        each.names().forEach(label -> worth.put(known(each, label, label), each.number(label, 0, 1)));
        return worth;
    }

    private String known(YamlEntries at, String name, String label) {
        if (!grading.labels().contains(label)) {
            at.wrong(
                    name,
                    "names the label '" + label + "', and there are " + String.join(", ", grading.labels())
                            + Nearest.suggestion(label, grading.labels()));
        }
        return label;
    }

    private Optional<Integer> level(YamlEntries said) {
        String column = said.text("each", "");
        if (column.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = levels.isEmpty() ? List.of(ItemColumns.CATEGORY) : levels;
        if (!known.contains(column)) {
            said.wrong("each", "is a column of 'category', which are " + String.join(", ", known));
        }
        return Optional.of(Math.max(0, known.indexOf(column)));
    }
}
