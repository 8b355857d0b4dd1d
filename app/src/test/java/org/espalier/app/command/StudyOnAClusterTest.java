package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.report.study.StudyCommits;
import org.espalier.workflow.study.Study;
import org.espalier.workflow.study.StudyPart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of a study that are done where nothing is known but what was sent there, in another order, one of them twice. */
class StudyOnAClusterTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));

    private static final GroupRunner ELSEWHERE = (task, first, end, taker) -> {
        Map<Integer, List<String>> done = new TreeMap<>();
        try (GroupWork one = sent(task).open(OptionalInt.empty());
                GroupWork other = sent(task).open(OptionalInt.empty())) {
            for (int group = end - 1; group >= first; group--) {
                done.put(group, (group % 2 == 0 ? one : other).lines(group, _ -> {}));
            }
            // Its executor was lost before it could tell what it had done.
            assertThat(other.lines(first, _ -> {})).isEqualTo(done.get(first));
        }
        done.forEach(taker::take);
    };

    @TempDir
    private static Path folder;

    private static Path file;

    @BeforeAll
    static void write() throws IOException {
        file = Files.writeString(folder.resolve("small.yaml"), """
                recipe: %s
                bases: [%s]
                validation: {worlds: [7], seeds: [1]}
                final: {worlds: [5], seeds: [1, 2]}
                questions: 4
                ask: 2
                rows:
                  Base:
                    about: As it was grown.
                  SFT:
                    about: On the reference path.
                    baseline: true
                    stages:
                      - {method: sft, set: {branch-samples: 2, trunk-attempts: 2, examples: 0, epochs: 1}}
                """.formatted(
                        ROOT.resolve("recipes/greenhouse.yaml"), ROOT.resolve("greenhouse/model")));
    }

    private static GroupTask sent(GroupTask task) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(task);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (GroupTask) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Study study(Path from, String out) {
        return new Study(
                StudyTask.design(from, List.of(), false),
                StudyPart.CORE,
                folder.resolve(out),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                "a test",
                StudyCommits.UNKNOWN);
    }

    private static StudyTask task(Study study) {
        return StudyTask.of(study, List.of(), false);
    }

    @Test
    void whatIsCountedIsEqualByteForByte() throws IOException {
        study(file, "here").run(() -> Progress.SILENT, _ -> {}, _ -> {});
        Study there = study(file, "there");
        List<String> ended = new ArrayList<>();

        there.run(
                ELSEWHERE,
                task(there),
                Progress.SILENT,
                cell -> ended.add(cell.done() + " of " + cell.cells() + " " + cell.leftOut()));

        assertThat(ended).containsExactly("1 of 2 {}", "2 of 2 {}");
        List<Path> cells;
        try (Stream<Path> files = Files.list(folder.resolve("here/core/cells"))) {
            cells = files.toList();
        }
        assertThat(cells).hasSize(2);
        for (Path cell : cells) {
            assertThat(folder.resolve("there/core/cells").resolve(cell.getFileName()))
                    .hasSameBinaryContentAs(cell);
        }
        assertThat(folder.resolve("there/core/study.html")).exists();
    }

    @Test
    void refusesAnotherStudyAndAFolderThatNotAllSee() throws IOException {
        Path changed = Files.writeString(
                folder.resolve("changed.yaml"), Files.readString(file).replace("epochs: 1", "epochs: 2"));
        StudyTask first = task(study(file, "refused"));
        Study other = study(changed, "refused");
        assertThat(task(other).identity()).isNotEqualTo(first.identity());
        GroupTask there = new StudyTask(
                changed.toString(), List.of(), false, StudyPart.CORE, first.out(), "", 0, first.identity());
        assertThatThrownBy(() -> there.open(OptionalInt.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another than where the run was started");

        Study own = study(file, "not-shared");
        StudyTask elsewhere = task(study(file, "of-another-machine"));
        assertThatThrownBy(() -> own.run(ELSEWHERE, elsewhere, Progress.SILENT, _ -> {}))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("must be one folder that all machines see at the same place");
    }
}
