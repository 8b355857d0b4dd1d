package org.espalier.workflow.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.Sha256;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.StudyCell;
import org.espalier.report.study.StudyCommits;
import org.espalier.report.study.StudyRecord;
import org.espalier.workflow.run.RunPlans;

/**
 * Rows of trainings compared in cells of base model, world and seed. Every run lies in a folder that is named by all that its
 * content depends on, so that rows and parts share what they have in common, and the same command goes on where it was
 * stopped, also after its file was changed.
 *
 * @param out the folder of the study, for all of its parts
 * @param only the cell that is done alone: base model by number or name, world, seed
 * @param hours that it should take at most; where it would take longer, fewer questions are asked
 * @param asked questions of each test part, if not as in the design
 * @param words the command that repeats it
 * @param commits of the checkout
 */
public record Study(
        StudyDesign design,
        StudyPart part,
        Path out,
        Optional<String> only,
        OptionalDouble hours,
        OptionalInt asked,
        String words,
        StudyCommits commits) {
    /**
     * A cell that has ended.
     *
     * @param leftOut rows whose training diverged or had nothing to train on, with the reason
     * @param left that the others will take, as far as can be said
     */
    public record Ended(CellCounts counts, SequencedMap<String, String> leftOut, int done, int cells, Duration left) {}

    /**
     * A base model.
     *
     * @param hash of what is computed with and what is held out; its card may be worded anew
     */
    record Base(Path folder, String name, String hash) {
        private static final List<String> COMPUTED = List.of(
                "config.json", "preprocessor_config.json", "tokenizer.json", SplitFile.NAME, "model.safetensors");

        static Base of(Path folder) {
            String hash = Sha256.of(COMPUTED.stream()
                    .map(folder::resolve)
                    .filter(Files::exists)
                    .map(Sha256::of)
                    .collect(Collectors.joining(" ")));
            Path name = folder.toAbsolutePath().normalize().getFileName();
            return new Base(folder, (name == null ? "base" : name) + "-" + hash.substring(0, 6), hash);
        }
    }

    /** What would be done, by rates of another machine. Refuses what {@link #run} would refuse. */
    public StudyForecast forecast() {
        RunFolder.inspect(out, () -> RunPlans.of("study").build());
        return new StudyRun(this).forecast();
    }

    /**
     * Does what is not done, and writes the results as they come.
     *
     * @param progress gives one to each thread
     * @param says hears sentences that a person should know
     * @param ended hears of each cell; from any thread
     */
    public StudyRecord run(Supplier<Progress> progress, Consumer<String> says, Consumer<Ended> ended) {
        try (RunFolder folder = RunFolder.open(out, RunPlans.of("study").build())) {
            StudyRecord record = new StudyRun(this).run(progress, says, ended);
            folder.finish();
            return record;
        }
    }

    /**
     * Does what is not done wherever the runner has it done, a cell at a time, in this study's folder: the same bytes.
     *
     * @param task opens {@link #work} of the same study
     */
    public StudyRecord run(GroupRunner runner, GroupTask task, Progress progress, Consumer<Ended> ended) {
        try (RunFolder folder = RunFolder.open(out, RunPlans.of("study").build())) {
            StudyRecord record = new SharedCells(this).run(runner, task, progress, ended);
            folder.finish();
            return record;
        }
    }

    /**
     * Work on one cell after the other, whose questions have been drawn. Its lines are no results: these lie in the folder.
     *
     * @param identity of the study where it was started
     * @throws InputException if this is another one
     */
    public GroupWork work(String identity) {
        return new SharedCells(this).work(identity);
    }

    /** A hash of all that its cells depend on. */
    public String identity() {
        return new SharedCells(this).identity();
    }

    /** Where its results are. */
    public Path results() {
        return out.resolve(part.label());
    }

    List<StudyRow> rows() {
        return design.rows(part);
    }

    /** Its cells; of one seed all worlds, so that units come first and their repetitions after. */
    List<CellPlace> cells(int each) {
        List<Base> bases = design.bases(part).stream().map(Base::of).toList();
        StudyDesign.Cells range = design.cells(part);
        List<CellPlace> cells = new ArrayList<>();
        for (long seed : range.seeds()) {
            for (Base base : bases) {
                for (long world : range.worlds()) {
                    cells.add(new CellPlace(
                            new StudyCell(base.name(), world, seed),
                            base.folder(),
                            out,
                            design.pool(part),
                            sizes(each)));
                }
            }
        }
        if (only.isEmpty()) {
            return cells;
        }
        List<CellPlace> wanted = cells.stream()
                .filter(place -> isNamed(place.cell(), bases, only.get()))
                .toList();
        if (wanted.isEmpty()) {
            throw new InputException("--only " + only.get() + " is no cell of the part " + part.label()
                    + ": it is BASE:WORLD:SEED, BASE a number from 1 to " + bases.size() + " or one of "
                    + String.join(", ", bases.stream().map(Base::name).toList()) + ", WORLD one of " + range.worlds()
                    + ", SEED one of " + range.seeds());
        }
        return wanted;
    }

    private static boolean isNamed(StudyCell cell, List<Base> bases, String only) {
        for (int i = 0; i < bases.size(); i++) {
            if (bases.get(i).name().equals(cell.base())
                    && only.equals((i + 1) + ":" + cell.world() + ":" + cell.seed())) {
                return true;
            }
        }
        return only.equals(cell.key());
    }

    private Map<Part, Integer> sizes(int each) {
        Map<Part, Integer> sizes = new EnumMap<>(Part.class);
        if (part == StudyPart.TUNE) {
            sizes.put(Part.VALIDATION, 2 * each);
        } else {
            sizes.put(Part.TEST_SEEN, each);
            sizes.put(Part.TEST_COMBINATIONS, each);
            if (design.drawings() > 0) {
                sizes.put(Part.TEST_DRAWINGS, Math.min(each, design.drawings()));
            }
        }
        return sizes;
    }
}
