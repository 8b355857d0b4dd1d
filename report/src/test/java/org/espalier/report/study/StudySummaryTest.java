package org.espalier.report.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Risk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a study says of numbers that were worked by hand. */
class StudySummaryTest {
    private static final RowFacts SFT = row("SFT", true, 3);
    private static final RowFacts DPO = row("DPO", true, 3);
    private static final RowFacts OURS = row("Ours", false, 3);
    private static final RowFacts TWICE = row("Twice", false, 3, 3);

    @TempDir
    private Path folder;

    private static RowFacts row(String label, boolean baseline, Integer... epochs) {
        List<RowFacts.StageFacts> stages = new ArrayList<>();
        for (int passes : epochs) {
            stages.add(new RowFacts.StageFacts(label, "the base model", 50, passes, new TreeMap<>()));
        }
        return new RowFacts(label, "", baseline, stages, new TreeMap<>(), label);
    }

    /** Of 100 unsafe and 100 safe paths, all of them seen pairs, and 50 drawings that count for nothing here. */
    private static RowCounts counts(String label, int unsafe, int safe) {
        Map<Risk, SortedMap<String, PathCounts>> parts = new EnumMap<>(Risk.class);
        parts.put(
                Risk.UNSAFE,
                new TreeMap<>(Map.of(
                        "seen",
                        new PathCounts(100, unsafe, 100, unsafe, new TreeMap<>(Map.of(1, 20L, 2, 80L - unsafe))),
                        "held-out drawings",
                        new PathCounts(50, 0, 0, 0, new TreeMap<>(Map.of(1, 50L))))));
        parts.put(
                Risk.SAFE,
                new TreeMap<>(Map.of(
                        "seen", new PathCounts(100, 100, safe, safe, new TreeMap<>(Map.of(1, 100L - safe))))));
        return new RowCounts(
                label, "x", parts, List.of(new RowCounts.StageCost("sft", 8, 3, 100, 0)), Optional.of("hash"));
    }

    private static CellCounts cell(long world, long seed, RowCounts... rows) {
        SequencedMap<String, RowCounts> by = new LinkedHashMap<>();
        for (RowCounts row : rows) {
            by.put(row.label(), row);
        }
        return new CellCounts(new StudyCell("base", world, seed), new TreeMap<>(), by);
    }

    private static StudyRecord study(List<CellCounts> cells, List<CellCounts> validation) {
        return new StudyRecord(
                "core",
                "./espalier study",
                List.of(SFT, DPO, OURS, TWICE),
                cells,
                6,
                List.of(SFT, DPO, OURS, TWICE),
                validation,
                List.of(),
                new StudyRecord.Provenance(new TreeMap<>(), StudyCommits.UNKNOWN, "", "", new TreeMap<>()));
    }

    @Test
    void whereSettingsAreChosenVariantsAreSetAgainstNothing() {
        RowFacts variant = new RowFacts("Ours: epochs 6", "", false, OURS.stages(), new TreeMap<>(), "Ours");
        List<CellCounts> cells =
                List.of(cell(1, 1, counts("SFT", 60, 80), counts("Ours", 70, 76), counts("Ours: epochs 6", 50, 50)));

        assertThat(compared("tune", variant, cells)).containsExactly("Ours");
        assertThat(compared("curves", variant, cells)).containsExactly("Ours", "Ours: epochs 6");
    }

    private static List<String> compared(String part, RowFacts variant, List<CellCounts> cells) {
        return new StudyRecord(
                        part,
                        "./espalier study",
                        List.of(SFT, OURS, variant),
                        cells,
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        new StudyRecord.Provenance(new TreeMap<>(), StudyCommits.UNKNOWN, "", "", new TreeMap<>()))
                .differences(StudyRate.SER).stream()
                        .map(one -> one.row().label())
                        .distinct()
                        .toList();
    }

    /** World 1: +3, +1 points of SER; world 2: +2; world 3: +3. */
    private static List<CellCounts> ahead() {
        return List.of(
                cell(1, 1, counts("SFT", 60, 80), counts("Ours", 70, 76)),
                cell(1, 2, counts("SFT", 60, 80), counts("Ours", 66, 76)),
                cell(2, 1, counts("SFT", 60, 80), counts("Ours", 66, 78)),
                cell(3, 1, counts("SFT", 60, 80), counts("Ours", 66, 80)));
    }

    @Test
    void pairsByCellAndTakesTheWorldAsTheUnit() {
        StudyDifference all = StudyDifference.of(ahead(), OURS, SFT, StudyScope.ALL, StudyRate.SER)
                .orElseThrow();

        // Units 2, 2, 3: mean 2.333, deviation 0.577, half of the interval 4.303 · 0.577 / sqrt(3) = 1.434.
        assertThat(all.units().values()).containsExactly(List.of(3.0, 1.0), List.of(2.0), List.of(3.0));
        assertThat(all.mean().mean()).isCloseTo(7.0 / 3, within(1e-9));
        assertThat(all.mean().interval().orElseThrow().low()).isCloseTo(0.899, within(1e-3));
        assertThat(all.verdict()).isEqualTo("ahead");
        assertThat(all.cells()).isEqualTo(4);
        assertThat(StudyDifference.of(ahead(), OURS, SFT, StudyScope.SAFE, StudyRate.SER)
                        .orElseThrow()
                        .units()
                        .values())
                .containsExactly(List.of(-4.0, -4.0), List.of(-2.0), List.of(0.0));
        // Of 80 paths past the first step 60 are right under SFT, and 70 under ours.
        assertThat(StudyDifference.of(ahead().subList(0, 1), OURS, SFT, StudyScope.UNSAFE, StudyRate.SER_SEEN)
                        .orElseThrow()
                        .mean()
                        .mean())
                .isCloseTo(12.5, within(1e-9));
    }

    @Test
    void comparesASecondStageWithItsFirst() {
        List<RowFacts.StageFacts> both = new ArrayList<>(SFT.stages());
        both.addAll(OURS.stages());
        RowFacts second = new RowFacts("Then ours", "", false, both, new TreeMap<>(), "Then ours");

        assertThat(second.schedule()).containsExactly(150, 150);
        assertThat(second.continues(SFT)).isTrue();
        assertThat(second.continues(DPO)).isFalse();
        assertThat(SFT.continues(SFT)).isFalse();
        assertThat(SFT.continues(second)).isFalse();
    }

    @Test
    void comparesEqualsAloneAndSaysNoMoreThanTheIntervalDoes() {
        assertThat(new StudySummary(study(ahead(), List.of())).sentences())
                .containsExactly(
                        "4 of 6 cells of 3 pairs of base model and world; differences are in points of SER over seen pairs"
                                + " and held-out combinations, paired by cell, with 95 % intervals over those pairs.",
                        "Ours is ahead of SFT by +2.3 (+0.9 to +3.8; higher in 4 of 4 cells); unsafe questions +6.7 (+3.8 to"
                                + " +9.5), safe twins −2.0 (−7.0 to +3.0).",
                        "Twice is not compared: no baseline has 2 stages of 150 and 150 questions, repeats"
                                + " counted.");

        List<CellCounts> mixed = List.of(
                cell(1, 1, counts("SFT", 60, 80), counts("Ours", 62, 80)),
                cell(2, 1, counts("SFT", 60, 80), counts("Ours", 58, 80)));
        assertThat(new StudySummary(study(mixed, List.of())).sentences().get(1))
                .startsWith("Ours is not told apart from SFT: 0.0 (−12.7 to +12.7; higher in 1 of 2 cells)");
        assertThat(new StudySummary(study(mixed.subList(0, 1), List.of()))
                        .sentences()
                        .get(1))
                .startsWith("Ours is not told apart from SFT: +1.0 (one pair, no interval; higher in 1 of 1 cell)");
        assertThat(new StudySummary(study(List.of(), List.of())).sentences().get(1))
                .isEqualTo("Ours is not compared yet: no cell has both it and SFT.");
    }

    @Test
    void comparesWithTheBaselineThatWasBestOnValidation() {
        List<CellCounts> validation = List.of(cell(9, 1, counts("SFT", 50, 50), counts("DPO", 60, 60)));

        assertThat(study(ahead(), validation).baselines(OURS)).containsExactly(DPO, SFT);
        assertThat(study(ahead(), List.of()).baselines(OURS)).containsExactly(SFT, DPO);
        assertThat(study(ahead(), validation).splitsApart()).containsExactly("held-out drawings");
    }

    @Test
    void theMethodThatWasBestOnValidationComesFirstAndOtherBaselinesAreTold() {
        RowFacts later = row("Later", false, 3);
        List<CellCounts> cells = List.of(cell(
                1, 1, counts("SFT", 60, 80), counts("DPO", 50, 70), counts("Ours", 70, 76), counts("Later", 64, 80)));
        List<CellCounts> validation = List.of(cell(
                9, 1, counts("SFT", 60, 60), counts("DPO", 50, 50), counts("Ours", 50, 50), counts("Later", 70, 70)));
        List<RowFacts> rows = List.of(SFT, DPO, OURS, later);
        StudyRecord study = new StudyRecord(
                "core",
                "./espalier study",
                rows,
                cells,
                1,
                rows,
                validation,
                List.of(),
                new StudyRecord.Provenance(new TreeMap<>(), StudyCommits.UNKNOWN, "", "", new TreeMap<>()));

        assertThat(study.methods()).containsExactly(later, OURS);
        assertThat(study(cells, List.of()).methods()).containsExactly(OURS, TWICE);
        assertThat(new StudySummary(study).sentences().get(1))
                .startsWith("Later is not told apart from SFT: +2.0")
                .endsWith(". Against other baselines of its length: DPO +12.0.");
    }

    @Test
    void aCellIsReadAsItWasWritten() {
        CellCounts cell = ahead().getFirst();
        Path file = folder.resolve("cell.json");
        cell.write(file);

        assertThat(CellCounts.read(file)).isEqualTo(cell);
    }
}
