package org.espalier.workflow.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.bench.run.Result;
import org.espalier.bench.run.ResultPart;
import org.espalier.bench.suite.Slice;
import org.espalier.core.Risk;
import org.espalier.core.file.Sha256;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.PathCounts;
import org.espalier.report.study.RowCounts;
import org.espalier.workflow.train.AdapterTraining;

/** Writes down what is counted in a cell, row by row as they are measured, always in the order of the study. For all threads. */
final class CellRecorder {
    private final CellStages stages;
    private final List<StudyRow> rows;
    private final Path file;
    private final Map<String, RowCounts> counted = new HashMap<>();
    private final SortedMap<String, String> data = new TreeMap<>();

    CellRecorder(CellStages stages, List<StudyRow> rows, Path file) {
        this.stages = stages;
        this.rows = rows;
        this.file = file;
    }

    /** A measurement has ended: its rows are counted. */
    synchronized void measured(String name) {
        for (StudyRow row : rows) {
            if (stages.measured(row).equals(name)) {
                counted.put(row.label(), count(row));
            }
        }
        counts().write(file);
    }

    /** All that is counted so far. */
    synchronized CellCounts counts() {
        SequencedMap<String, RowCounts> inOrder = new LinkedHashMap<>();
        for (StudyRow row : rows) {
            Optional.ofNullable(counted.get(row.label())).ifPresent(counts -> inOrder.put(row.label(), counts));
        }
        return new CellCounts(stages.place().cell(), data, inOrder);
    }

    /**
     * Rows that cannot be had, with the reason, in the order of the study.
     *
     * @param failed folders, with the reason
     */
    SequencedMap<String, String> leftOut(Map<String, String> failed) {
        SequencedMap<String, String> out = new LinkedHashMap<>();
        for (StudyRow row : rows) {
            Optional.ofNullable(failed.get(stages.measured(row))).ifPresent(reason -> out.put(row.label(), reason));
        }
        return out;
    }

    private RowCounts count(StudyRow row) {
        CellPlace place = stages.place();
        data.computeIfAbsent("asked", _ -> Sha256.of(place.test()));
        for (StudyRow.Stage stage : row.stages()) {
            int questions = stage.questions();
            data.computeIfAbsent(questions + " questions", _ -> Sha256.of(place.questions(questions)));
        }
        Result result = Result.read(place.run(stages.measured(row)).resolve(Result.FILE));
        List<String> trained = CellStages.trained(row);
        List<RowCounts.StageCost> costs = new ArrayList<>();
        for (String training : trained) {
            costs.add(StageFile.in(place.run(training)).orElseThrow().cost());
        }
        return new RowCounts(
                row.label(),
                row.identity(),
                parts(result),
                costs,
                trained.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Sha256.of(AdapterFiles.weights(
                                place.run(trained.getLast()).resolve(AdapterTraining.ADAPTER)))));
    }

    private static Map<Risk, SortedMap<String, PathCounts>> parts(Result result) {
        Map<Risk, SortedMap<String, PathCounts>> parts = new EnumMap<>(Risk.class);
        for (ResultPart part : result.parts()) {
            Slice slice = part.slice();
            if (slice.risk().isPresent()
                    && slice.split().isPresent()
                    && slice.category().isEmpty()) {
                parts.computeIfAbsent(slice.risk().get(), _ -> new TreeMap<>())
                        .put(slice.split().get(), counts(part));
            }
        }
        return parts;
    }

    private static PathCounts counts(ResultPart part) {
        long judged = part.counts().judged();
        return new PathCounts(
                judged,
                count(part, "sr", judged),
                count(part, "er", judged),
                count(part, "ser", judged),
                part.counts().firstWrongStep());
    }

    /** A figure is a share of the judged paths, of which there are far fewer than its digits tell apart. */
    private static long count(ResultPart part, String key, long judged) {
        return Math.round(part.figure(key).orElseThrow().value().orElse(0) / 100 * judged);
    }

    /** Seconds of all that a row stands on, by label. */
    SortedMap<String, Double> seconds() {
        SortedMap<String, Double> all = new TreeMap<>();
        for (StudyRow row : rows) {
            List<String> names = new ArrayList<>(CellStages.trained(row));
            List<String> explored = CellStages.explored(row);
            for (int i = 0; i < explored.size(); i++) {
                if (!row.stages().get(i).train().settings().objective().name().equals("sft")) {
                    names.add(explored.get(i));
                }
            }
            names.stream()
                    .distinct()
                    .flatMap(name -> StageFile.in(stages.place().run(name)).stream())
                    .forEach(done -> all.merge(row.label(), done.seconds(), Double::sum));
        }
        return all;
    }
}
