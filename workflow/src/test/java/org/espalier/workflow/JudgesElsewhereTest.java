package org.espalier.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.TreeFile;
import org.espalier.core.settings.Settings;
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
import org.espalier.workflow.explore.Exploration;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.greenhouse.WorldDrawing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges that several processes ask, over one journal. */
class JudgesElsewhereTest {
    private static final Path MODEL =
            Path.of(System.getProperty("espalier.root")).resolve("greenhouse/model");
    private static final ExploreSettings FEW = Settings.with(
            ExploreSettings.PAPER.withMaxTokens(96).withTries(3, 3).withExamples(0, false), "group-size", 2);

    @TempDir
    private static Path folder;

    private static Path train;

    @BeforeAll
    static void draw() {
        WorldDrawing world = new WorldDrawing(
                folder.resolve("world"),
                new WorldSettings(1, Map.of(Part.TRAIN, 6)),
                SplitFile.read(WorldFile.load(), MODEL),
                "a test",
                Map.of());
        world.run(Progress.SILENT);
        train = WorldDrawing.file(world.out(), Part.TRAIN);
    }

    private static Exploration exploration(String out) {
        return Exploration.of(MODEL, train, folder.resolve(out)).with(FEW).withSeed(5);
    }

    private static long calls(PlayedServer server) {
        return server.counts().path("calls").asLong();
    }

    @Test
    void theTreesAreTheSameAndNoAnswerIsPaidForTwice() throws IOException {
        try (PlayedServer server = PlayedServer.start(
                        new ServeSettings(0, Duration.ZERO, 10_000, Faults.NONE, JudgeErrors.NONE, Optional.empty()),
                        WorldFile.load());
                EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            VerifierChoice.Judge judge = new VerifierChoice.Judge(
                    List.of(EndpointPlan.at(server.base().toString(), "greenhouse", Optional.empty())), 1);
            exploration("here").with(judge).run(Progress.SILENT);
            long asked = calls(server);

            // Two processes, which both do the first group.
            exploration("there").with(judge.sharing(url)).run(GroupsElsewhereTest.ELSEWHERE, Progress.SILENT);
            assertThat(folder.resolve("there/" + TreeFile.NAME))
                    .hasSameBinaryContentAs(folder.resolve("here/" + TreeFile.NAME));
            assertThat(asked).isPositive();
            assertThat(calls(server)).isEqualTo(2 * asked);
            assertThat(folder.resolve("there").resolve(Store.FILE)).doesNotExist();
            assertThat(Files.readString(folder.resolve("there/run.json"))).doesNotContain(url);

            // What one process goes on with asks for nothing that another one was answered.
            exploration("again").with(judge.sharing(url)).run(Progress.SILENT);
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
        assertThatThrownBy(() -> exploration("own")
                        .with(new VerifierChoice.Judge(
                                        List.of(EndpointPlan.checkpoint("own", MODEL, Optional.empty())), 1)
                                .sharing("jdbc:postgresql://127.0.0.1/none"))
                        .elsewhere())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("espalier serve");
    }
}
