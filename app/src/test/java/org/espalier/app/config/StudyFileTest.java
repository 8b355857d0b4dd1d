package org.espalier.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.core.settings.Settings;
import org.espalier.report.study.RowFacts;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Srpo;
import org.espalier.workflow.study.StudyDesign;
import org.espalier.workflow.study.StudyPart;
import org.espalier.workflow.study.StudyRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a study, and what is said of one that is wrong. */
class StudyFileTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));

    @TempDir
    private Path folder;

    private StudyDesign read(String yaml) throws IOException {
        return StudyFile.read(Files.writeString(
                folder.resolve("study.yaml"),
                yaml.replace("RECIPE", ROOT.resolve("recipes/greenhouse.yaml").toString())
                        .replace("MODEL", ROOT.resolve("greenhouse/model").toString())));
    }

    @Test
    void theShippedStudyMeasuresEachRowByABaselineAndGivesEachGridTheSameSize() {
        StudyDesign study = StudyFile.read(ROOT.resolve("recipes/study.yaml"));

        List<RowFacts> trained = study.rows().stream()
                .map(StudyRow::facts)
                .filter(row -> !row.stages().isEmpty())
                .toList();
        assertThat(trained)
                .allSatisfy(row -> assertThat(trained)
                        .filteredOn(RowFacts::baseline)
                        .anyMatch(other -> other.schedule().equals(row.schedule()) || continues(row, other)));
        assertThat(study.grids().stream()
                        .collect(
                                Collectors.groupingBy(variant -> variant.facts().of(), Collectors.counting())))
                .hasSizeGreaterThan(5)
                .allSatisfy((row, settings) -> assertThat(settings).as(row).isEqualTo(6));
        assertThat(study.rows(StudyPart.TUNE))
                .hasSize(study.rows().size() + study.grids().size());
        assertThat(study.rows(StudyPart.CURVES)).isNotEmpty();
        assertThat(study.validation().worlds())
                .doesNotContainAnyElementsOf(study.finals().worlds());
    }

    private static boolean continues(RowFacts row, RowFacts first) {
        int count = first.stages().size();
        return row.stages().size() > count && row.stages().subList(0, count).equals(first.stages());
    }

    @Test
    void aFirstLookIsTheFirstCellOfTheWholeStudy() {
        StudyDesign whole = StudyFile.read(ROOT.resolve("recipes/study.yaml"));
        StudyDesign quick = whole.quick();

        assertThat(quick.bases()).containsExactly(whole.bases().getFirst());
        assertThat(quick.finals().worlds())
                .containsExactly(whole.finals().worlds().getFirst());
        assertThat(quick.finals().seeds())
                .containsExactly(whole.finals().seeds().getFirst());
        assertThat(quick.finals().pool()).isEqualTo(whole.finals().pool());
        assertThat(quick.asked()).isEqualTo(whole.asked());
        assertThat(quick.rows()).isEqualTo(whole.rows());
    }

    @Test
    void aRowTakesItsRecipeAndWhatItSetsItself() throws IOException {
        StudyDesign study = read("""
                recipe: RECIPE
                bases: [MODEL]
                validation: {worlds: [1], seeds: [2]}
                final: {worlds: [3, 4], seeds: [5]}
                rows:
                  ours:
                    about: Ours.
                    stages:
                      - method: srpo
                        set: {branch-from: reference, lambda: 0.7}
                      - method: sft
                        explored: before
                        questions: 300
                        set: {epochs: 5}
                curves:
                  more:
                    rows: [ours]
                    stages: all
                    set: {epochs: [1, 2], questions: [8]}
                """);

        StudyRow row = study.rows().getFirst();
        assertThat(row.stages().getFirst().train().settings().objective())
                .isEqualTo(Settings.with(Srpo.PAPER, "lambda", 0.7));
        assertThat(row.stages().getFirst().explore().settings().branchFrom())
                .isEqualTo(ExploreSettings.BranchFrom.REFERENCE);
        assertThat(row.stages().getFirst().train().settings().learningRate().learningRate())
                .as("the recipe's")
                .isEqualTo(4e-3);
        assertThat(row.stages().getFirst().train().origins().get("lambda").source())
                .endsWith("study.yaml:10");
        assertThat(row.stages().getLast().fromBefore()).isTrue();
        assertThat(row.stages()).extracting(StudyRow.Stage::questions).containsExactly(200, 300);
        assertThat(row.facts().stages().getLast().questions()).isEqualTo(300);
        assertThat(row.facts().schedule()).containsExactly(1200, 1500);
        assertThat(study.asked()).isEqualTo(240);
        assertThat(study.curves())
                .extracting(StudyRow::label)
                .containsExactly("ours: epochs 1, questions 8", "ours: epochs 2, questions 8");
        assertThat(study.curves().getLast().facts().schedule()).containsExactly(16, 600);
        assertThat(study.curves().getLast().stages())
                .as("a stage's own number stays")
                .extracting(StudyRow.Stage::questions)
                .containsExactly(8, 300);
    }

    @Test
    void tellsAllThatIsWrongAtOnceWithItsLine() {
        assertThatThrownBy(() -> read("""
                recipe: none.yaml
                bases: [nowhere]
                validation: {worlds: [1, 1], seeds: [a]}
                final: {worlds: [3]}
                ask: 3
                row: 1
                rows:
                  a:
                    stages:
                      - method: stf
                      - methd: sft
                  b:
                    about: B.
                    baseline: perhaps
                    stages:
                      - method: sft
                        set: {lambda: 1, epochs: 0, learning-rte: 1e-3}
                grids:
                  c:
                    set: {epochs: [1]}
                  b:
                    set: {epochs: [many], questions: [3], verifier-errors: [2]}
                """))
                .isInstanceOf(InputException.class)
                .message()
                .contains(
                        "line 1: 'recipe' names ",
                        "line 2: 'bases' names ",
                        "line 3: 'worlds' holds '1': it is a list of different whole numbers",
                        "line 3: 'seeds' holds 'a'",
                        "line 4: 'seeds' is missing",
                        "line 5: 'ask' is an even number",
                        "line 6: 'row' is no part of a study",
                        "did you mean rows",
                        "line 8: 'about' is missing: a line on what the row 'a' is",
                        "line 10: 'method' is one of srpo, sft, dpo, orpo, advantage, not 'stf'",
                        "line 11: 'methd' is no part of a stage",
                        "line 14: 'baseline' is one of true, false, not 'perhaps'",
                        "line 17: 'lambda' is no setting of exploring or of training sft",
                        "line 17: 'epochs' is at least 1",
                        "line 17: 'learning-rte' is no setting of exploring or of training sft; did you mean learning-rate",
                        "line 19: 'c' is no row",
                        "line 22: 'epochs' is a whole number, not 'many'")
                .hasSizeLessThan(4000);
    }

    @Test
    void tellsWhatCannotBeHadTogether() throws IOException {
        assertThatThrownBy(() -> read("""
                recipe: RECIPE
                bases: MODEL
                validation: {worlds: 1, seeds: 1}
                final: {worlds: 2, seeds: 1}
                rows:
                  a:
                    about: A.
                    stages:
                      - {method: srpo, set: {pairs-from-step: 0}}
                """))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 6: row 'a': 'pairs-from-step' is a step's number from 1");
        String few = """
                recipe: RECIPE
                bases: MODEL
                validation: {worlds: 1, seeds: 1, pool: %s}
                final: {worlds: 2, seeds: 1}
                questions: 8
                rows: {a: {about: A., stages: [{method: sft}]}}
                """;
        assertThat(read(few.formatted("8")).validation().pool()).hasValue(8);
        assertThatThrownBy(() -> read(few.formatted("6")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 3: 'pool' of 'validation' holds fewer questions than the 8 of 'a'");
        assertThatThrownBy(() -> read(few.formatted("9"))).hasMessageContaining("line 3: 'pool' is an even number");
        assertThatThrownBy(() -> read("")).hasMessageContaining("is empty where a study should stand");
        assertThatThrownBy(() -> read("rows: [1]")).isInstanceOf(InputException.class);
    }

    /** Each would be read with its recipe before anything is told. */
    @Test
    void refusesMoreRowsThanAnybodyCouldTrain() {
        String head = "recipe: RECIPE\nbases: MODEL\nvalidation: {worlds: 1, seeds: 1}\nfinal: {worlds: 2, seeds: 1}\n";
        String many =
                IntStream.rangeClosed(1, 300).mapToObj(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        String row = "rows: {a: {about: A., stages: [{method: sft}]}}\n";
        assertThatThrownBy(() -> read(head + row + "grids: {a: {set: {epochs: " + many + ", rank: " + many + "}}}\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 6: 'rank' makes more than 1000 combinations with the settings before it");
        String rows = IntStream.rangeClosed(1, 1001)
                .mapToObj(i -> "a" + i + ": {about: A.}")
                .collect(Collectors.joining(", ", "rows: {", "}\n"));
        assertThatThrownBy(() -> read(head + rows))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 5: 'rows' are 1001 rows or more; a study has at most 1000 of a kind");
    }
}
