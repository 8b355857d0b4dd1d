package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.espalier.app.config.StudyFile;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.report.study.StudyCommits;
import org.espalier.workflow.study.Study;
import org.espalier.workflow.study.StudyDesign;
import org.espalier.workflow.study.StudyPart;

/**
 * A study as another process is told of it; all paths are absolute.
 *
 * @param models base models in place of the file's
 * @param only the cell that is done alone; empty for all
 * @param ask questions of each test part; 0 for the file's
 * @param identity of the study where it was started
 */
record StudyTask(
        String file,
        List<String> models,
        boolean quick,
        StudyPart part,
        String out,
        String only,
        int ask,
        String identity)
        implements GroupTask {
    /** @param models base models in place of the file's; none for these */
    static StudyDesign design(Path file, List<Path> models, boolean quick) {
        StudyDesign design = StudyFile.read(file);
        if (!models.isEmpty()) {
            design = design.withBases(models);
        }
        return quick ? design.quick() : design;
    }

    /** Of a study with these models. */
    static StudyTask of(Study study, List<Path> models, boolean quick) {
        return new StudyTask(
                absolute(study.design().file()),
                models.stream().map(StudyTask::absolute).toList(),
                quick,
                study.part(),
                absolute(study.out()),
                study.only().orElse(""),
                study.asked().orElse(0),
                study.identity());
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    @Override
    public GroupWork open(OptionalInt gpu) {
        return new Study(
                        design(Path.of(file), models.stream().map(Path::of).toList(), quick),
                        part,
                        Path.of(out),
                        only.isEmpty() ? Optional.empty() : Optional.of(only),
                        OptionalDouble.empty(),
                        ask == 0 ? OptionalInt.empty() : OptionalInt.of(ask),
                        "",
                        StudyCommits.UNKNOWN)
                .work(identity);
    }
}
