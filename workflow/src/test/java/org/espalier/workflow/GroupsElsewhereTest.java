package org.espalier.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.set.RsBench;
import org.espalier.core.ExploreSummary;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Settings;
import org.espalier.core.work.GroupRunner;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.greenhouse.data.Part;
import org.espalier.greenhouse.data.SplitFile;
import org.espalier.greenhouse.data.WorldSettings;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.JudgeErrors;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.store.Store;
import org.espalier.workflow.bench.BenchmarkChoice;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.ModelMeasurement;
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that are worked on where nothing is known but what was sent there, in another order, some of them twice. */
class GroupsElsewhereTest {
    private static final Path MODEL =
            Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");
    private static final ExploreSettings FEW = Settings.with(
            ExploreSettings.PAPER.withMaxTokens(96).withTries(3, 3).withExamples(0, false), "group-size", 3);

    /** As executors do it: the task goes over the wire, and the last group is done first. */
    private static final GroupRunner ELSEWHERE = (task, first, end, taker) -> {
        Map<Integer, List<String>> done = new TreeMap<>();
        try (GroupWork one = sent(task).open(OptionalInt.empty());
                GroupWork other = sent(task).open(OptionalInt.empty())) {
            for (int group = end - 1; group >= first; group--) {
                done.put(group, (group % 2 == 0 ? one : other).lines(group, _ -> {}));
            }
            // An executor was lost, and what it had done is done again.
            assertThat(other.lines(first, _ -> {})).isEqualTo(done.get(first));
        }
        done.forEach(taker::take);
    };

    @TempDir
    private static Path folder;

    private static Path train;
    private static Path test;

    @BeforeAll
    static void draw() {
        WorldDrawing world = new WorldDrawing(
                folder.resolve("world"),
                new WorldSettings(1, Map.of(Part.TRAIN, 8, Part.TEST_SEEN, 6)),
                SplitFile.read(WorldFile.load(), MODEL),
                "a test",
                Map.of());
        world.run(Progress.SILENT);
        train = WorldDrawing.file(world.out(), Part.TRAIN);
        test = world.out().resolve(WorldDrawing.TEST);
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

    private static Exploration exploration(String out) {
        return Exploration.of(MODEL, train, folder.resolve(out)).with(FEW).withSeed(5);
    }

    @Test
    void theTreesAreEqualByteForByteAlsoWhereARunIsContinued() throws IOException {
        ExploreSummary here = exploration("here").run(Progress.SILENT);
        ExploreSummary there = exploration("there").run(ELSEWHERE, Progress.SILENT);

        assertThat(there).isEqualTo(here);
        assertThat(folder.resolve("there/" + TreeFile.NAME))
                .hasSameBinaryContentAs(folder.resolve("here/" + TreeFile.NAME));

        // Four of eight trees, in groups of three: the second group is grown again.
        Path part = Files.createDirectories(folder.resolve("part"));
        for (String name : List.of("run.json", TreeFile.NAME)) {
            Files.copy(folder.resolve("here").resolve(name), part.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(
                part.resolve("run.json"),
                Files.readString(part.resolve("run.json")).replace("\"finished\"", "\"stopped\""));
        Files.write(
                part.resolve(TreeFile.NAME),
                Files.readAllLines(part.resolve(TreeFile.NAME)).subList(0, 4));
        exploration("part").run(ELSEWHERE, Progress.SILENT);
        assertThat(part.resolve(TreeFile.NAME)).hasSameBinaryContentAs(folder.resolve("here/" + TreeFile.NAME));
    }

    @Test
    void theAnswersAreEqualByteForByte() {
        ModelMeasurement measurement = ModelMeasurement.of(
                        new MeasuredModel.Local(MODEL, Optional.empty()),
                        BenchmarkChoice.of(RsBench.NAME, test),
                        folder.resolve("asked-here"))
                .with(Settings.with(Settings.with(BenchSettings.PAPER, "max-tokens", 96), "group-size", 2));
        measurement.run(Progress.SILENT);
        ModelMeasurement there = new ModelMeasurement(
                measurement.choice(),
                measurement.model(),
                measurement.judges(),
                folder.resolve("asked-there"),
                measurement.title(),
                measurement.seed(),
                measurement.settings());

        assertThat(there.run(ELSEWHERE, Progress.SILENT)).isEqualTo(measurement.run(Progress.SILENT));
        assertThat(folder.resolve("asked-there/" + AnswerLine.FILE))
                .hasSameBinaryContentAs(folder.resolve("asked-here/" + AnswerLine.FILE));
    }

    @Test
    void refusesWhatIsAskedFromHereAndFilesThatAreOthersThere() throws IOException {
        Exploration own =
                exploration("own").with(new VerifierChoice.Named("own", (sample, path) -> Verdict.wrong("no")));
        assertThatThrownBy(() -> own.run(ELSEWHERE, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leave --on out");

        Path data = folder.resolve("world/train/changed.jsonl");
        Files.copy(train, data);
        GroupRunner changing = (task, first, end, taker) -> {
            try {
                Files.writeString(data, Files.readString(data).replaceFirst("\\?", "!"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            ELSEWHERE.run(task, first, end, taker);
        };
        assertThatThrownBy(() -> Exploration.of(MODEL, data, folder.resolve("changed"))
                        .with(FEW)
                        .run(changing, Progress.SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another than where the run was started");
    }

    private static long calls(PlayedServer server) {
        return server.counts().path("calls").asLong();
    }

    @Test
    void judgedTreesAreTheSameAndNoAnswerIsPaidForTwice() throws IOException {
        try (PlayedServer server = PlayedServer.start(
                        new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, JudgeErrors.NONE, Optional.empty()),
                        WorldFile.load());
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            VerifierChoice.Judge judge = new VerifierChoice.Judge(
                    List.of(EndpointPlan.at(server.base().toString(), "greenhouse", Optional.empty())), 1);
            exploration("judged-here").with(judge).run(Progress.SILENT);
            long asked = calls(server);

            // Two processes, which both do the first group.
            exploration("judged-there").with(judge.sharing(url)).run(ELSEWHERE, Progress.SILENT);
            assertThat(folder.resolve("judged-there/" + TreeFile.NAME))
                    .hasSameBinaryContentAs(folder.resolve("judged-here/" + TreeFile.NAME));
            assertThat(asked).isPositive();
            assertThat(calls(server)).isEqualTo(2 * asked);
            assertThat(folder.resolve("judged-there").resolve(Store.FILE)).doesNotExist();
            assertThat(Files.readString(folder.resolve("judged-there/run.json")))
                    .doesNotContain(url);

            // What one process goes on with asks for nothing that another one was answered.
            exploration("judged-again").with(judge.sharing(url)).run(Progress.SILENT);
            assertThat(calls(server)).isEqualTo(2 * asked);
        }
    }

    @Test
    void judgesWithoutASharedJournalAndCheckpointsAsJudgesAreRefused() {
        VerifierChoice.Judge judge = new VerifierChoice.Judge(
                List.of(EndpointPlan.at("http://127.0.0.1:9/v1", "greenhouse", Optional.empty())), 1);

        assertThatThrownBy(() -> exploration("alone").with(judge).elsewhere())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--store jdbc:postgresql:");
        assertThatThrownBy(() -> judge.sharing("jdbc:sqlite:" + folder.resolve("store.db")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("through PostgreSQL alone");
        assertThatThrownBy(() -> exploration("own-judge")
                        .with(new VerifierChoice.Judge(
                                        List.of(EndpointPlan.checkpoint("own", MODEL, Optional.empty())), 1)
                                .sharing("jdbc:postgresql://127.0.0.1/none"))
                        .elsewhere())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("espalier serve");
    }
}
