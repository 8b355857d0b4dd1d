package org.espalier.ssui.intake;

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
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Sha256;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.picture.PictureLimits;
import org.espalier.ssui.Pictures;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.pool.SafetyCheck;
import org.espalier.ssui.pool.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
    private static final Licence OURS = new Licence("CC-BY-4.0", "", Training.ALLOWED);

    @TempDir
    Path folder;

    @Test
    void takesWhatIsNewAndSaysWhyTheRestIsNotTaken() throws IOException {
        Path pictures = pictures(10);
        Files.copy(pictures.resolve("p3.png"), pictures.resolve("same.png"));
        Pictures.write(pictures.resolve("alike.jpg"), Pictures.scaled(Pictures.drawn(4, 96, 72), 192, 144));
        Pictures.write(pictures.resolve("dot.png"), Pictures.drawn(1, 9, 9));
        Files.writeString(pictures.resolve("broken.png"), "\u0089PNG");
        Files.writeString(pictures.resolve("notes.txt"), "no picture at all");

        Pool pool = new Pool(folder.resolve("pool"));
        IntakeSummary summary =
                intake(pictures, IntakeSettings.ALL, SafetyCheck.NONE).run(pool, Progress.SILENT);

        assertThat(summary.rows()).isEqualTo(14);
        assertThat(summary.pooled()).isEqualTo(10);
        assertThat(summary.refused())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("duplicate", 1, "near-duplicate", 1, "too-small", 1, "format", 1));
        assertThat(Files.readAllLines(pool.folder().resolve(Pool.REFUSED))).hasSize(4);
        assertThat(pool.read()).hasSize(10).allSatisfy(picture -> {
            assertThat(Sha256.of(pool.file(picture))).isEqualTo(picture.sha256());
            assertThat(picture.licence()).isEqualTo(OURS);
            assertThat(picture.safety().verdict()).isEqualTo(Safety.Verdict.UNVERIFIED);
        });
    }

    @Test
    void whatIsHarmfulByItselfIsNotInThePool() throws IOException {
        Pool pool = new Pool(folder.resolve("pool"));
        SafetyCheck check = (id, file) -> new Safety(
                id.compareTo("8") < 0 ? Safety.Verdict.UNSAFE : Safety.Verdict.SAFE, "by its name", "a test");

        IntakeSummary summary = intake(pictures(12), IntakeSettings.ALL, check).run(pool, Progress.SILENT);

        int unsafe = summary.refused().getOrDefault("unsafe", 0);
        assertThat(unsafe).isBetween(1, 11);
        assertThat(pool.read()).hasSize(12 - unsafe).allSatisfy(picture -> {
            assertThat(picture.id()).isGreaterThanOrEqualTo("8");
            assertThat(picture.safety().by()).isEqualTo("a test");
        });
        try (Stream<Path> files = Files.list(pool.folder().resolve(Pool.IMAGES))) {
            assertThat(files).hasSize(12 - unsafe);
        }
    }

    @Test
    void whatNobodyCouldAnswerForIsAskedAgainByTheSameIntake() throws IOException {
        Path pictures = pictures(12);
        Safety down = new Safety(Safety.Verdict.UNVERIFIED, "out of order", "m", "p", "", true);
        Safety refused = new Safety(Safety.Verdict.UNVERIFIED, "HTTP 400", "m", "p", "key", false);
        SafetyCheck stormy = (id, file) -> id.compareTo("8") < 0 ? down : refused;
        Pool pool = new Pool(folder.resolve("pool"));

        IntakeSummary first = intake(pictures, 10, stormy).run(pool, Progress.SILENT);
        AtomicInteger asked = new AtomicInteger();
        SafetyCheck calm = (id, file) ->
                asked.getAndIncrement() == 0 ? new Safety(Safety.Verdict.UNSAFE, "a knife", "m") : refused;
        IntakeSummary second = intake(pictures, 10, calm).run(pool, Progress.SILENT);

        assertThat(first.unverified()).isEqualTo(10);
        assertThat(first.open()).isBetween(1, 9);
        // Those that were open, and one more in place of the one that is not harmless.
        assertThat(asked).hasValue(first.open() + 1);
        assertThat(second.open()).isZero();
        assertThat(second.pooled()).isEqualTo(10);
        assertThat(second.refused()).isEqualTo(Map.of("unsafe", 1));
        assertThat(second.why()).isEqualTo("HTTP 400");
        assertThat(pool.read())
                .hasSize(10)
                .allSatisfy(picture -> assertThat(picture.safety()).isEqualTo(refused));
    }

    @Test
    void aSampleDependsOnTheSeedAndNotOnTheOrderOfRows() throws IOException {
        Path pictures = pictures(30);
        PictureList forwards = listed(pictures, 0, 30, 1);
        PictureList backwards = listed(pictures, 29, -1, -1);

        List<String> one = ids(forwards, 1, "one");
        assertThat(one).hasSize(8);
        assertThat(ids(backwards, 1, "two")).isEqualTo(one);
        assertThat(ids(forwards, 2, "three")).isNotEqualTo(one);
    }

    @Test
    void goesOnWhereItWasStoppedAndEndsWithTheSameBytes() throws IOException {
        Path pictures = pictures(600);
        Pool whole = new Pool(folder.resolve("whole"));
        intake(pictures, 500, SafetyCheck.NONE).run(whole, Progress.SILENT);
        Pool stopped = new Pool(folder.resolve("stopped"));

        Progress stop = (name, done, total, note) -> {
            if (done > 200) {
                throw new CancellationException();
            }
        };
        assertThatThrownBy(() -> intake(pictures, 500, SafetyCheck.NONE).run(stopped, stop))
                .isInstanceOf(CancellationException.class);
        assertThat(stopped.folder().resolve(Pool.NAME)).doesNotExist();
        tear(stopped.folder().resolve(".intake/decided.jsonl"));
        intake(pictures, 500, SafetyCheck.NONE).run(stopped, Progress.SILENT);

        Intake.tidy(whole);
        Intake.tidy(stopped);
        assertThat(content(stopped.folder())).isEqualTo(content(whole.folder()));
        assertThat(stopped.read()).hasSize(500);
    }

    @Test
    void picturesThatAreLookedAtElsewhereMakeTheSamePoolByteForByte() throws IOException {
        Path pictures = pictures(600);
        Files.copy(pictures.resolve("p3.png"), pictures.resolve("same.png"));
        Files.writeString(pictures.resolve("broken.png"), "\u0089PNG");
        SafetyCheck check = (id, file) -> new Safety(
                id.compareTo("8") < 0 ? Safety.Verdict.UNSAFE : Safety.Verdict.SAFE, "by its name", "a test");
        Pool here = new Pool(folder.resolve("here"));
        intake(pictures, 200, check).run(here, Progress.SILENT);
        Pool there = new Pool(folder.resolve("there"));
        List<Integer> looked = new ArrayList<>();

        intake(pictures, 200, check)
                .run(
                        there,
                        (task, first, end, taker) -> elsewhere(looked).run(sent(task), first, end, taker),
                        Progress.SILENT);

        Intake.tidy(here);
        Intake.tidy(there);
        assertThat(content(there.folder())).isEqualTo(content(here.folder()));
        assertThat(there.read()).hasSize(200);
        // Half are unsafe: one group does not do, and the last one is used up bit by bit.
        assertThat(looked).contains(0, 1).hasSizeBetween(2, 12);
    }

    /** The last group first, as executors may do it. */
    private static GroupRunner elsewhere(List<Integer> looked) {
        return (task, first, end, taker) -> {
            Map<Integer, List<String>> done = new TreeMap<>();
            try (GroupWork work = task.open(OptionalInt.empty())) {
                for (int group = end - 1; group >= first; group--) {
                    done.put(group, work.lines(group, _ -> {}));
                    looked.add(group);
                }
            }
            done.forEach(taker::take);
        };
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

    @Test
    void refusesAPictureThatIsAnotherThanTheOneThatWasLookedAt() throws IOException {
        Path pictures = pictures(3);
        GroupRunner changing = (task, first, end, taker) -> GroupRunner.HERE.run(task, first, end, (group, lines) -> {
            write(pictures.resolve("p1.png"), 77);
            taker.take(group, lines);
        });
        assertThatThrownBy(() -> intake(pictures, IntakeSettings.ALL, SafetyCheck.NONE)
                        .run(new Pool(folder.resolve("pool")), changing, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("p1.png is another file than the one that was looked at");

        GroupRunner blind = (task, first, end, taker) -> {
            Path hidden = pictures.resolveSibling("hidden.png");
            move(pictures.resolve("p2.png"), hidden);
            GroupRunner.HERE.run(task, first, end, (group, lines) -> {
                move(hidden, pictures.resolve("p2.png"));
                taker.take(group, lines);
            });
        };
        assertThatThrownBy(() -> intake(pictures, IntakeSettings.ALL, SafetyCheck.NONE)
                        .run(new Pool(folder.resolve("blind")), blind, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("p2.png")
                .hasMessageContaining("on a machine of the cluster");

        GroupRunner lists = (task, first, end, taker) -> {
            write(folder.resolve("other/.intake/chosen.jsonl"), 5);
            GroupRunner.HERE.run(task, first, end, taker);
        };
        assertThatThrownBy(() -> intake(pictures, IntakeSettings.ALL, SafetyCheck.NONE)
                        .run(new Pool(folder.resolve("other")), lists, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("must lie at the same places everywhere");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path file, long seed) {
        try {
            if (file.toString().endsWith(".png")) {
                Pictures.write(file, seed);
            } else {
                Files.writeString(file, "another list");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSetThatIsTooLargeToTakeWholeHasToBeSampled() throws IOException {
        Path pictures = pictures(5);
        IntakeSettings few = new IntakeSettings(IntakeSettings.ALL, 4, 1, 6, PictureLimits.DEFAULT, OURS);

        assertThatThrownBy(() -> new Intake(List.of(new FolderList(pictures, "p")), few, SafetyCheck.NONE)
                        .run(new Pool(folder.resolve("pool")), Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--limit");
    }

    private List<String> ids(PictureList list, long seed, String name) {
        IntakeSettings settings = new IntakeSettings(8, 20, seed, 6, PictureLimits.DEFAULT, OURS);
        Pool pool = new Pool(folder.resolve(name));
        new Intake(List.of(list), settings, SafetyCheck.NONE).run(pool, Progress.SILENT);
        return pool.read().stream().map(PooledPicture::id).toList();
    }

    private static PictureList listed(Path pictures, int from, int to, int step) {
        return new PictureList() {
            @Override
            public String title() {
                return "a list";
            }

            @Override
            public void tell(CandidateDraw draw, Progress progress) {
                for (int i = from; i != to; i += step) {
                    String key = "p" + i + ".png";
                    if (draw.wants("p", key)) {
                        draw.take(new Candidate(
                                org.espalier.ssui.pool.PictureSource.of("p", key),
                                Licence.UNKNOWN,
                                new Candidate.Place.InFile(pictures.resolve(key))));
                    }
                }
            }
        };
    }

    /** As a crash leaves a file: half of its last line. */
    private static void tear(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 40));
    }

    private static Map<String, String> content(Path pool) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(pool)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(pool.relativize(file).toString(), Sha256.of(file));
            }
        }
        return content;
    }

    private Path pictures(int count) throws IOException {
        Path pictures = folder.resolve("pictures");
        for (int seed = 0; seed < count; seed++) {
            Pictures.write(pictures.resolve("p" + seed + ".png"), seed);
        }
        return pictures;
    }

    private static Intake intake(Path pictures, int limit, SafetyCheck check) {
        return new Intake(
                List.of(new FolderList(pictures, "p")),
                new IntakeSettings(limit, IntakeSettings.MOST_DRAWN, 1, 6, PictureLimits.DEFAULT, OURS),
                check);
    }
}
