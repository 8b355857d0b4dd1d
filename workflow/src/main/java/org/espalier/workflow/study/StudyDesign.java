package org.espalier.workflow.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.bench.run.BenchSettings;
import org.espalier.core.settings.Resolved;

/**
 * What a study's file says.
 *
 * @param recipe whose settings its rows start from
 * @param bases folders of base models
 * @param asked questions of each test part, an even number; as many again of the validation part as of both
 * @param drawings questions about drawings that the base has not met, which are told apart; 0 for none
 * @param rows as they are compared
 * @param grids variants of rows that settings are chosen from
 * @param curves variants of rows that are looked at for their own sake
 */
public record StudyDesign(
        Path file,
        Path recipe,
        List<Path> bases,
        Cells validation,
        Cells finals,
        Cells curveCells,
        int asked,
        int drawings,
        Resolved<BenchSettings> bench,
        List<StudyRow> rows,
        List<StudyRow> grids,
        List<StudyRow> curves) {
    /**
     * The worlds and seeds of a part of a study: each world with each seed, and each base model.
     *
     * @param pool questions of a world that each seed chooses those from that are trained on; empty for twice as many as a row has
     */
    public record Cells(List<Long> worlds, List<Long> seeds, OptionalInt pool) {
        public Cells {
            worlds = List.copyOf(worlds);
            seeds = List.copyOf(seeds);
        }
    }

    /** Questions to choose from, for each that is trained on. */
    private static final int POOL = 2;

    public StudyDesign {
        bases = List.copyOf(bases);
        rows = List.copyOf(rows);
        grids = List.copyOf(grids);
        curves = List.copyOf(curves);
    }

    /** The rows of a part. */
    public List<StudyRow> rows(StudyPart part) {
        return switch (part) {
            case TUNE -> {
                List<StudyRow> all = new ArrayList<>(rows);
                all.addAll(grids);
                yield all;
            }
            case CORE -> rows;
            case CURVES -> curves;
        };
    }

    /** Questions of a world that those are chosen from that are trained on. */
    int pool(StudyPart part) {
        int most = rows(part).stream().mapToInt(StudyRow::questions).max().orElse(2);
        return cells(part).pool().orElse(POOL * Math.max(2, most));
    }

    Cells cells(StudyPart part) {
        return switch (part) {
            case TUNE -> validation;
            case CORE -> finals;
            case CURVES -> curveCells;
        };
    }

    List<Path> bases(StudyPart part) {
        return part == StudyPart.CORE ? bases : bases.subList(0, 1);
    }

    /** With other base models. */
    public StudyDesign withBases(List<Path> others) {
        return with(others, validation, finals, curveCells, asked, drawings);
    }

    /** For a first look: the first cell of each part. */
    public StudyDesign quick() {
        return with(bases.subList(0, 1), first(validation), first(finals), first(curveCells), asked, drawings);
    }

    private StudyDesign with(List<Path> base, Cells tuned, Cells last, Cells varied, int each, int drawn) {
        return new StudyDesign(file, recipe, base, tuned, last, varied, each, drawn, bench, rows, grids, curves);
    }

    private static Cells first(Cells range) {
        return new Cells(range.worlds().subList(0, 1), range.seeds().subList(0, 1), range.pool());
    }
}
