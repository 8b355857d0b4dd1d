package org.espalier.app.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Filter;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One build by several processes over PostgreSQL, and builds that are killed. */
class SharedBuildTest {
    private static final int PICTURES = 60;
    private static final int CONCURRENCY = 8;
    private static final int HEAP = 256;

    @TempDir
    Path folder;

    @Test
    void threeProcessesOneKilledAndOneLateEndAsOneAlone() throws Exception {
        Garden garden = Garden.grow(folder, PICTURES, 0);
        Map<String, String> alone;
        try (PlayedServer server = server(0)) {
            Path out = folder.resolve("alone");
            try (Child child = start(garden, server, out, List.of())) {
                child.succeeds();
            }
            alone = drafts("jdbc:sqlite:" + out.resolve(Store.FILE), "sqlite");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                PlayedServer server = server(60)) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            List<String> shared = List.of("--store", url);
            try (Child first = start(garden, server, folder.resolve("first"), shared);
                    Child second = start(garden, server, folder.resolve("second"), shared)) {
                awaitCalls(server, 30);
                first.kill();
                try (Child late = start(garden, server, folder.resolve("late"), shared)) {
                    second.succeeds();
                    late.succeeds();
                }
            }
            assertThat(drafts(url, "postgresql")).isEqualTo(alone).isNotEmpty();
            assertThat(server.counts().path("answered_twice").asInt()).isLessThanOrEqualTo(CONCURRENCY);
        }
    }

    @Test
    void aKilledBuildEndsAsOneThatWasLeftAlone() throws Exception {
        CrashTrial.Result result = new CrashTrial(
                        folder.resolve("crash"), PICTURES, 3, 3, CONCURRENCY, Duration.ofMillis(20), Faults.NONE, 1)
                .run((name, done, total, note) -> {});

        assertThat(result.kills()).isPositive();
        assertThat(result.differing()).isZero();
        assertThat(result.paidTwice()).isLessThanOrEqualTo((long) result.kills() * CONCURRENCY);
    }

    @Test
    void aLoadTrialMeasuresTheWholeBuild() throws Exception {
        LoadTrial.Result result = new LoadTrial(
                        folder.resolve("load"), 20, 20, CONCURRENCY, Duration.ofMillis(5), 50, HEAP)
                .run((name, done, total, note) -> {});

        assertThat(result.drafts()).isPositive();
        assertThat(result.calls()).isGreaterThan(20);
        assertThat(result.answeredTwice()).isZero();
        assertThat(result.rate()).isPositive();
        assertThat(result.share()).isEqualTo(result.rate() / result.ceiling());
        assertThat(result.cpu()).isPositive();
    }

    private static PlayedServer server(long delayMillis) {
        return PlayedServer.start(
                new ServeSettings(0, Duration.ofMillis(delayMillis), 100, Faults.NONE, Optional.empty()),
                WorldFile.load());
    }

    private Child start(Garden garden, PlayedServer server, Path out, List<String> more) {
        String name = String.valueOf(out.getFileName());
        List<String> words = new ArrayList<>(garden.build(garden.endpoints(name, server.base(), CONCURRENCY, 6), out));
        words.addAll(more);
        return Child.start(HEAP, folder.resolve(name + ".log"), words);
    }

    private static void awaitCalls(PlayedServer server, long calls) throws InterruptedException {
        while (server.counts().path("calls").asLong() < calls) {
            Thread.sleep(5);
        }
    }

    private static Map<String, String> drafts(String url, String kind) {
        Map<String, String> drafts = new TreeMap<>();
        try (Store store = Store.open(url, List.of(Drafts.MIGRATIONS + "/" + kind))) {
            new Drafts(store.dataSource(), store.postgres())
                    .each(
                            Filter.ALL,
                            draft -> drafts.put(
                                    draft.original().id(),
                                    Json.line(draft.original().json())));
        }
        return drafts;
    }
}
