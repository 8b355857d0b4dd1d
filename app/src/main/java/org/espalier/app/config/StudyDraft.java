package org.espalier.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.settings.Resolved;
import org.espalier.core.settings.SettingKey;
import org.espalier.report.study.RowFacts;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.workflow.study.StudyRow;

/**
 * A row of a study's file before its recipe is read.
 *
 * @param values what was varied to get it
 * @param of the label of the row that it is a variant of
 * @param line where it stands
 */
record StudyDraft(
        String label,
        String about,
        boolean baseline,
        int questions,
        double verifierErrors,
        List<Stage> stages,
        SortedMap<String, String> values,
        String of,
        long line) {
    /**
     * One training.
     *
     * @param questions where they are not as many as the row's
     * @param settings by the names of their flags
     */
    record Stage(String method, boolean before, OptionalInt questions, SortedMap<String, Given> settings) {}

    static final String QUESTIONS = "questions";

    StudyDraft {
        stages = List.copyOf(stages);
    }

    /** The settings that a stage may have: those that {@code train --method} takes, by their flags. */
    static SequencedMap<String, SettingKey> settings(String method) {
        SequencedMap<String, SettingKey> known = new LinkedHashMap<>();
        Section.EXPLORE.keys().forEach(key -> known.put(key.flag(), key));
        Section.TRAIN.keys().stream()
                .filter(key -> !key.equals(Section.METHOD))
                .forEach(key -> known.put(key.flag(), key));
        Section.ofMethod(method).keys().forEach(key -> known.put(key.flag(), key));
        return known;
    }

    /** With something varied that is no setting of a stage. */
    StudyDraft with(String name, String word, int otherQuestions, double otherErrors) {
        return varied(name, word, otherQuestions, otherErrors, stages);
    }

    /** With a setting of the last stage, or of every one, varied. */
    StudyDraft with(Given given, boolean everyStage) {
        List<Stage> others = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            SortedMap<String, Given> settings = new TreeMap<>(stage.settings());
            if (i == stages.size() - 1
                    || (everyStage && settings(stage.method()).containsKey(given.name()))) {
                settings.put(given.name(), given);
            }
            others.add(new Stage(stage.method(), stage.before(), stage.questions(), settings));
        }
        return varied(given.name(), String.join(", ", given.words()), questions, verifierErrors, others);
    }

    private StudyDraft varied(String name, String word, int newQuestions, double errors, List<Stage> others) {
        SortedMap<String, String> all = new TreeMap<>(values);
        all.put(name, word);
        List<String> words = new ArrayList<>();
        all.forEach((key, value) -> words.add(key + " " + value));
        return new StudyDraft(
                of + ": " + String.join(", ", words), about, false, newQuestions, errors, others, all, of, line);
    }

    /** @throws org.espalier.core.InputException if its settings cannot be had together */
    StudyRow row(Path recipe) {
        List<StudyRow.Stage> trainings = new ArrayList<>();
        List<RowFacts.StageFacts> facts = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            Recipes recipes = Recipes.over(Optional.of(recipe), stage.settings());
            Resolved<TrainSettings> train = recipes.train(stage.method());
            Resolved<ExploreSettings> explore = recipes.explore();
            boolean before = stage.before() && i > 0;
            int asked = stage.questions().orElse(questions);
            trainings.add(new StudyRow.Stage(asked, train, explore, before));
            SortedMap<String, String> own = new TreeMap<>();
            stage.settings().forEach((name, given) -> own.put(name, String.join(", ", given.words())));
            facts.add(new RowFacts.StageFacts(
                    stage.method(),
                    before ? "the stage before" : "the base model",
                    asked,
                    train.settings().epochs(),
                    own));
        }
        return new StudyRow(new RowFacts(label, about, baseline, facts, values, of), trainings, verifierErrors);
    }
}
