package org.espalier.workflow.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.StudyRecord;
import org.espalier.workflow.internal.RemoteModel;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cells of a study as groups of work. All processes see its folder: runs of a cell are written there by whoever does it, and
 * gone on with by whoever does it after a loss.
 */
final class SharedCells {
    private final Study study;
    private final StudyRun run;
    private final int each;
    private final List<CellPlace> cells;

    SharedCells(Study study) {
        this.study = study;
        this.run = new StudyRun(study);
        this.each = run.asked();
        this.cells = study.cells(each);
    }

    /** @param task opens {@link #work} of the same study */
    StudyRecord run(GroupRunner runner, GroupTask task, Progress progress, Consumer<Study.Ended> ended) {
        for (CellPlace place : cells) {
            place.draw(progress);
            run.choose(place);
        }
        StudyRecords records = new StudyRecords(study, each);
        long start = System.nanoTime();
        runner.run(task, 0, cells.size(), new GroupRunner.Taker() {
            @Override
            public void take(int group, List<String> lines) {
                Study.Ended cell = ended(group, lines, System.nanoTime() - start);
                ended.accept(cell);
                records.note(cell);
                run.write(records);
            }

            @Override
            public void heard(int group, int done) {
                progress.at("cell " + (group + 1) + " of " + cells.size(), 0, 0, "");
            }
        });
        return run.write(records);
    }

    /** What has come of a cell; its file must have come here too. */
    private Study.Ended ended(int group, List<String> lines, long nanos) {
        Path file = file(group);
        if (!Files.exists(file) || !Sha256.of(file).equals(lines.getFirst())) {
            throw new SurroundingsException("what was counted elsewhere has not come to " + file + ": " + study.out()
                    + " must be one folder that all machines see at the same place");
        }
        SequencedMap<String, String> leftOut = new LinkedHashMap<>();
        Json.parse(lines.getLast())
                .properties()
                .forEach(one -> leftOut.put(one.getKey(), one.getValue().stringValue()));
        int done = group + 1;
        return new Study.Ended(
                CellCounts.read(file),
                leftOut,
                done,
                cells.size(),
                Duration.ofNanos(nanos / done * (cells.size() - done)));
    }

    private Path file(int group) {
        return StudyRecords.file(study, cells.get(group).cell());
    }

    GroupWork work(String identity) {
        RemoteModel.require(study.design().file(), identity(), identity);
        return (group, heard) -> {
            CellPlace place = cells.get(group);
            if (!Files.exists(place.test())) {
                throw new SurroundingsException(place.test() + " is not here, where a cell is to be done: "
                        + study.out() + " must be one folder that all machines see at the same place");
            }
            ObjectNode leftOut = Json.object();
            run.cell(place, () -> (name, done, total, note) -> heard.accept(0)).forEach(leftOut::put);
            return List.of(Sha256.of(file(group)), Json.line(leftOut));
        };
    }

    String identity() {
        List<String> all = new ArrayList<>();
        for (Path base : study.design().bases(study.part())) {
            all.add(Study.Base.of(base).hash());
        }
        study.rows().forEach(row -> all.add(row.label() + " " + row.identity()));
        cells.forEach(place -> all.add(place.cell().key() + " " + place.testName()));
        all.add(Json.line(StudyRow.values(study.design().bench())));
        return Sha256.of(String.join("\n", all));
    }
}
