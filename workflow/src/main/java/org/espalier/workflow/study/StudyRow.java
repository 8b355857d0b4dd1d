package org.espalier.workflow.study;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.core.settings.Resolved;
import org.espalier.report.study.RowFacts;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of a study: trainings one after the other, each on the adapter of the one before.
 *
 * @param facts what is told of it
 * @param stages none for the base model
 * @param verifierErrors share of verdicts of explorations that are turned round, from 0 to 1
 */
public record StudyRow(RowFacts facts, List<Stage> stages, double verifierErrors) {
    /**
     * One training of a row.
     *
     * @param questions trained on in a cell; those of a smaller number are among those of a greater
     * @param explore how trees are drawn for it, and again where it explores again
     * @param fromBefore whether the model of the stage before is explored; else the base model
     */
    public record Stage(
            int questions, Resolved<TrainSettings> train, Resolved<ExploreSettings> explore, boolean fromBefore) {}

    private static final int DIGITS = 10;
    /** Of the base model. */
    static final String BASE = "base";

    public StudyRow {
        stages = List.copyOf(stages);
    }

    public String label() {
        return facts.label();
    }

    /** Hash of all that makes the adapter, cell apart; rows that begin alike share their first stages by it. */
    String identity() {
        return stages.isEmpty() ? BASE : trainings().getLast();
    }

    /** Those that its largest stage trains on in a cell; 0 for the base model. */
    public int questions() {
        return stages.stream().mapToInt(Stage::questions).max().orElse(0);
    }

    /** Of each stage's training. */
    List<String> trainings() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            ObjectNode what = Json.object()
                    .put("on", i == 0 ? BASE : all.getLast())
                    .put("explored", explored(i, all))
                    .set("train", values(stages.get(i).train()));
            all.add(hash(what));
        }
        return all;
    }

    /** Of the exploration that a stage trains on. */
    String exploration(int stage) {
        return explored(stage, trainings());
    }

    private String explored(int stage, List<String> trainings) {
        Stage one = stages.get(stage);
        ObjectNode what = Json.object()
                .put("from", one.fromBefore() && stage > 0 ? trainings.get(stage - 1) : BASE)
                .put("questions", one.questions())
                .put("verifier_errors", verifierErrors)
                .set("explore", values(one.explore()));
        return hash(what);
    }

    static ObjectNode values(Resolved<?> settings) {
        TreeMap<String, Object> values = new TreeMap<>();
        settings.origins().forEach((name, origin) -> values.put(name, origin.value()));
        return (ObjectNode) Json.tree(values);
    }

    private static String hash(ObjectNode what) {
        return Sha256.of(Json.line(what)).substring(0, DIGITS);
    }
}
