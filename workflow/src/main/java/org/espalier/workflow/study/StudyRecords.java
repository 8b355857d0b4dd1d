package org.espalier.workflow.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;
import org.espalier.core.text.Counted;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.report.StudyReport;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.CellRuns;
import org.espalier.report.study.RowCounts;
import org.espalier.report.study.StudyCell;
import org.espalier.report.study.StudyEvidence;
import org.espalier.report.study.StudyRecord;
import org.espalier.workflow.run.RunPlans;

/** Puts together what the cells of a part have come to, with what the validation worlds said, if they were asked. */
final class StudyRecords {
    private final Study study;
    private final int asked;
    private final String machine;
    private final SortedMap<String, String> hashes = new TreeMap<>();
    private final List<String> leftOut = new ArrayList<>();

    StudyRecords(Study study, int asked) {
        this.study = study;
        this.asked = asked;
        this.machine = RunPlans.computing("study").build().device() + ", "
                + Counted.of(Runtime.getRuntime().availableProcessors(), "processor");
        hashes.put(
                "study " + study.design().file().getFileName(),
                Sha256.of(study.design().file()));
        hashes.put(
                "recipe " + study.design().recipe().getFileName(),
                Sha256.of(study.design().recipe()));
        hashes.put("facts of the greenhouse", facts());
        for (Path base : study.design().bases(study.part())) {
            Study.Base of = Study.Base.of(base);
            hashes.put("base " + of.name(), of.hash());
        }
    }

    private static String facts() {
        return Sha256.of(Shipped.bytes(WorldFile.class, WorldFile.NAME));
    }

    /** What a reader must know of a cell that has ended. */
    void note(Study.Ended cell) {
        String of = " is left out of " + cell.counts().cell().words() + ": ";
        cell.leftOut().forEach((label, reason) -> leftOut.add(label + of + reason));
    }

    /** The file of a cell. */
    static Path file(Study study, StudyCell cell) {
        return study.results().resolve("cells").resolve(cell.base() + "-" + cell.world() + "-" + cell.seed() + ".json");
    }

    /** As it stands. */
    StudyRecord record() {
        List<CellPlace> places = places();
        List<StudyRow> rows = study.rows();
        List<CellCounts> cells = counts(study, places, rows).stream()
                .filter(cell -> isOf(cell, places))
                .toList();
        Study tuned = part(StudyPart.TUNE);
        List<CellCounts> validation = counts(tuned, tuned.cells(asked), tuned.rows());
        SortedMap<String, Double> seconds = new TreeMap<>();
        for (CellPlace place : places) {
            new CellRecorder(new CellStages(place, study.design().bench(), rows), rows, file(study, place.cell()))
                    .seconds()
                    .forEach((label, took) -> seconds.merge(label, took, Double::sum));
        }
        return new StudyRecord(
                study.part().label(),
                study.words(),
                rows.stream().map(StudyRow::facts).toList(),
                cells,
                places.size(),
                validation.isEmpty()
                        ? List.of()
                        : tuned.rows().stream().map(StudyRow::facts).toList(),
                validation,
                notes(rows),
                new StudyRecord.Provenance(
                        hashes,
                        study.commits(),
                        machine,
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        seconds));
    }

    /** Where the runs of the counted cells lie, and what the curves say, where they were asked. */
    StudyEvidence evidence(StudyRecord record) {
        List<CellRuns> cells = new ArrayList<>();
        for (CellPlace place : places()) {
            record.cells().stream()
                    .filter(cell -> cell.cell().equals(place.cell()))
                    .findFirst()
                    .ifPresent(cell -> cells.add(runs(place, cell)));
        }
        return new StudyEvidence(cells, study.part() == StudyPart.CURVES ? Optional.empty() : curves());
    }

    private CellRuns runs(CellPlace place, CellCounts counts) {
        CellStages stages = new CellStages(place, study.design().bench(), study.rows());
        SequencedMap<String, CellRuns.RowRuns> rows = new LinkedHashMap<>();
        for (StudyRow row : study.rows()) {
            if (counts.row(row.label()).isPresent()) {
                rows.put(
                        row.label(),
                        new CellRuns.RowRuns(
                                place.run(stages.measured(row)),
                                CellStages.explored(row).stream()
                                        .map(place::run)
                                        .toList(),
                                CellStages.trained(row).stream().map(place::run).toList()));
            }
        }
        return new CellRuns(place.cell(), place.test(), rows);
    }

    private Optional<StudyRecord> curves() {
        Study curves = part(StudyPart.CURVES);
        return Files.exists(curves.results().resolve(StudyReport.JSON))
                        && !curves.rows().isEmpty()
                ? Optional.of(new StudyRecords(curves, new StudyRun(curves).asked()).record())
                        .filter(it -> !it.cells().isEmpty())
                : Optional.empty();
    }

    /** Another part of the same study. */
    private Study part(StudyPart part) {
        return new Study(
                study.design(),
                part,
                study.out(),
                Optional.empty(),
                study.hours(),
                study.asked(),
                study.words(),
                study.commits());
    }

    /** Whether a cell was asked what is asked now. */
    private static boolean isOf(CellCounts cell, List<CellPlace> places) {
        return places.stream()
                .filter(place -> place.cell().equals(cell.cell()) && Files.exists(place.test()))
                .anyMatch(place -> Sha256.of(place.test()).equals(cell.data().get("asked")));
    }

    /** All cells of the part, also where one alone is done now. */
    private List<CellPlace> places() {
        return part(study.part()).cells(asked);
    }

    /** Of cells that have a file, the rows that are still what they were. */
    private static List<CellCounts> counts(Study study, List<CellPlace> places, List<StudyRow> rows) {
        List<CellCounts> all = new ArrayList<>();
        for (CellPlace place : places) {
            Path file = file(study, place.cell());
            if (Files.exists(file)) {
                CellCounts counts = CellCounts.read(file);
                SequencedMap<String, RowCounts> same = new LinkedHashMap<>();
                for (StudyRow row : rows) {
                    counts.row(row.label())
                            .filter(it -> it.identity().equals(row.identity()))
                            .ifPresent(it -> same.put(row.label(), it));
                }
                if (!same.isEmpty()) {
                    all.add(new CellCounts(counts.cell(), counts.data(), same));
                }
            }
        }
        return all;
    }

    private List<String> notes(List<StudyRow> rows) {
        List<String> notes = new ArrayList<>();
        int questions = rows.stream().mapToInt(StudyRow::questions).max().orElse(0);
        notes.add("At most " + questions + " questions are trained on in a cell, and "
                + (study.part() == StudyPart.TUNE
                        ? 2 * asked + " validation questions are asked"
                        : asked + " questions of each test part are asked")
                + ", one path each.");
        if (asked < study.design().asked()) {
            notes.add("Fewer questions are asked than the " + study.design().asked()
                    + " of the study's file, so that all cells could be done in the time given.");
        }
        notes.addAll(leftOut);
        return notes;
    }
}
