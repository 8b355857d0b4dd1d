package org.espalier.workflow.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.report.StudyReport;
import org.espalier.report.study.RowCounts;
import org.espalier.report.study.StudyRecord;
import org.espalier.workflow.internal.ParallelStages;

/** A part of a study on its way. */
final class StudyRun {
    /** What was decided about the questions that are asked, so that a run that goes on asks the same. */
    private static final String ASKED = "asked.json";

    private static final int FEWEST = 20;

    private final Study study;
    private final List<StudyRow> rows;

    /** Of the stages that were done: by the clock, and as they were estimated. */
    private double measured;

    private double estimated;
    private double toCome;

    /** What was measured when the report was last written. */
    private double reported;

    StudyRun(Study study) {
        this.study = study;
        this.rows = study.rows();
    }

    StudyForecast forecast() {
        return forecast(asked());
    }

    /** Questions of each part, as they are asked or were. */
    int asked() {
        if (study.asked().isPresent()) {
            return study.asked().getAsInt();
        }
        Path file = study.results().resolve(ASKED);
        return Files.exists(file)
                ? JsonFile.read(file, "remove it, and run the same study command again")
                        .path("asked")
                        .asInt(study.design().asked())
                : study.design().asked();
    }

    private StudyForecast forecast(int each) {
        int[] runs = new int[3];
        long asked = 0;
        double seconds = 0;
        List<CellPlace> cells = study.cells(each);
        for (CellPlace place : cells) {
            place.check();
            for (CellStages.Planned one : stages(place).all()) {
                if (StageFile.in(place.run(one.name())).isEmpty()) {
                    seconds += one.estimate().seconds();
                    int kind = one.name().startsWith(CellStages.EXPLORE)
                            ? 0
                            : one.name().startsWith(CellStages.TRAIN) ? 1 : 2;
                    runs[kind]++;
                    asked += kind == 2
                            ? place.sizes().stream().mapToInt(Integer::intValue).sum()
                            : 0;
                }
            }
        }
        return new StudyForecast(
                cells.size(),
                rows.size(),
                each,
                runs[0],
                runs[1],
                runs[2],
                asked,
                seconds,
                Runtime.getRuntime().availableProcessors());
    }

    private CellStages stages(CellPlace place) {
        return new CellStages(place, study.design().bench(), rows);
    }

    StudyRecord run(Supplier<Progress> progress, Consumer<String> says, Consumer<Study.Ended> ended) {
        int each = asked();
        if (study.hours().isPresent()
                && study.asked().isEmpty()
                && !Files.exists(study.results().resolve(ASKED))) {
            StudyForecast first = forecast(each);
            List<CellPlace> one = study.cells(each).subList(0, 1);
            run(one, 1, progress, _ -> {});
            each = fitting(each, first, says);
            AtomicFile.write(
                    study.results().resolve(ASKED), Json.page(Json.object().put("asked", each)));
        }
        List<CellPlace> cells = study.cells(each);
        StudyRecords records = new StudyRecords(study, each);
        run(cells, cells.size(), progress, cell -> {
            ended.accept(cell);
            synchronized (records) {
                records.note(cell);
                if (hasNews()) {
                    write(records);
                }
            }
        });
        return write(records);
    }

    StudyRecord write(StudyRecords records) {
        StudyRecord record = records.record();
        StudyReport.write(record, records.evidence(record), study.results());
        return record;
    }

    /** So many questions that the hours are kept, if fewer questions can do that; told by what the first cell took. */
    private int fitting(int each, StudyForecast first, Consumer<String> says) {
        double limit = 3600 * study.hours().orElseThrow();
        double spent = measured / first.processors();
        int fits = each;
        while (fits > FEWEST && spent + seconds(forecast(fits)) > limit) {
            fits -= 2;
        }
        double takes = spent + seconds(forecast(fits));
        if (fits < each) {
            says.accept(String.format(
                    Locale.ROOT,
                    "By what the first cell took, all would take more than %.1f hours: %d questions are asked of each part"
                            + " instead of %d, in every cell.",
                    study.hours().getAsDouble(),
                    fits,
                    each));
        }
        if (takes > limit) {
            says.accept(String.format(
                    Locale.ROOT,
                    "Fewer questions do not save enough: about %.1f hours are needed all the same.",
                    takes / 3600));
        }
        return fits;
    }

    private double seconds(StudyForecast forecast) {
        return forecast.time(factor()).toMillis() / 1000.0;
    }

    private synchronized double factor() {
        return estimated > 0 ? measured / estimated : 1;
    }

    private void run(List<CellPlace> cells, int total, Supplier<Progress> progress, Consumer<Study.Ended> ended) {
        List<ParallelStages.Stage> all = new ArrayList<>();
        Map<Path, ParallelStages.Stage> worlds = new HashMap<>();
        int[] done = new int[1];
        for (int number = 0; number < cells.size(); number++) {
            CellPlace place = cells.get(number);
            CellStages stages = stages(place);
            String words = "cell " + (number + 1) + " of " + total + ": ";
            ParallelStages.Stage world = worlds.computeIfAbsent(place.tests().out(), _ -> {
                ParallelStages.Stage drawn =
                        new ParallelStages.Stage(List.of(), told -> place.draw(named(words + "world", told)));
                all.add(drawn);
                return drawn;
            });
            ParallelStages.Stage questions = new ParallelStages.Stage(List.of(world), _ -> choose(place));
            all.add(questions);
            CellRecorder recorder = new CellRecorder(stages, rows, StudyRecords.file(study, place.cell()));
            Map<String, String> failed = new ConcurrentHashMap<>();
            List<ParallelStages.Stage> own = cell(stages, List.of(questions), recorder, failed, words);
            all.addAll(own);
            all.add(new ParallelStages.Stage(own, _ -> {
                synchronized (done) {
                    done[0]++;
                    ended.accept(new Study.Ended(recorder.counts(), recorder.leftOut(failed), done[0], total, left()));
                }
            }));
        }
        ParallelStages.runInOrder(all, progress);
    }

    /** Writes the questions that a cell trains on. */
    void choose(CellPlace place) {
        rows.stream().flatMap(row -> row.stages().stream()).forEach(stage -> place.questions(stage.questions()));
    }

    /**
     * Does one cell, whose questions are there.
     *
     * @return rows that are left out, with the reason
     */
    SequencedMap<String, String> cell(CellPlace place, Supplier<Progress> progress) {
        CellStages stages = stages(place);
        CellRecorder recorder = new CellRecorder(stages, rows, StudyRecords.file(study, place.cell()));
        Map<String, String> failed = new ConcurrentHashMap<>();
        ParallelStages.runInOrder(cell(stages, List.of(), recorder, failed, ""), progress);
        return recorder.leftOut(failed);
    }

    /** @param failed receives trainings that cannot be had, and all that needed them, with the reason */
    private List<ParallelStages.Stage> cell(
            CellStages stages,
            List<ParallelStages.Stage> first,
            CellRecorder recorder,
            Map<String, String> failed,
            String words) {
        Map<String, ParallelStages.Stage> own = new LinkedHashMap<>();
        for (CellStages.Planned one : stages.all()) {
            List<ParallelStages.Stage> after = new ArrayList<>(first);
            one.after().forEach(name -> after.add(Objects.requireNonNull(own.get(name))));
            Path folder = stages.place().run(one.name());
            if (StageFile.in(folder).isEmpty()) {
                come(one.estimate().seconds());
            }
            own.put(one.name(), new ParallelStages.Stage(after, told -> {
                if (does(one, folder, failed, named(words + one.name(), told))
                        && one.name().startsWith(CellStages.BENCH)) {
                    recorder.measured(one.name());
                }
            }));
        }
        return List.copyOf(own.values());
    }

    /**
     * Does a stage that is not done. A training that diverges, or has no question that it can use, is left out with all that
     * needs it: a night's work does not end at one variant of many.
     *
     * @return false where it cannot be had
     */
    private boolean does(CellStages.Planned one, Path folder, Map<String, String> failed, Progress told) {
        if (StageFile.in(folder).isPresent()) {
            return true;
        }
        Optional<String> reason = one.after().stream()
                .flatMap(name -> Optional.ofNullable(failed.get(name)).stream())
                .findFirst();
        if (reason.isPresent()) {
            failed.put(one.name(), reason.get());
            went(0, one.estimate().seconds());
            return false;
        }
        long start = System.nanoTime();
        try {
            RowCounts.StageCost cost = one.work().apply(told);
            double seconds = (System.nanoTime() - start) / 1e9;
            new StageFile(Math.round(10 * seconds) / 10.0, cost).write(folder);
            went(seconds, one.estimate().seconds());
            return true;
        } catch (InputException e) {
            if (!one.name().startsWith(CellStages.TRAIN)) {
                throw e;
            }
            failed.put(one.name(), String.valueOf(e.getMessage()));
            went(0, one.estimate().seconds());
            return false;
        }
    }

    private synchronized void come(double seconds) {
        toCome += seconds;
    }

    private synchronized void went(double seconds, double estimate) {
        if (seconds > 0) {
            measured += seconds;
            estimated += estimate;
        }
        toCome -= estimate;
    }

    /** Whether a stage was done since this was last asked: a report of cells that were there before waits for the last of them. */
    private synchronized boolean hasNews() {
        boolean news = measured > reported;
        reported = measured;
        return news;
    }

    private synchronized Duration left() {
        return Duration.ofMillis(
                Math.round(1000 * factor() * toCome / Runtime.getRuntime().availableProcessors()));
    }

    /** Progress is told by the cell and the stage, with what is left of all. */
    private Progress named(String stage, Progress progress) {
        return (name, done, total, note) -> {
            long minutes = (left().toSeconds() + 59) / 60;
            progress.at(stage, done, total, "(in all about " + minutes + " min left)");
        };
    }
}
