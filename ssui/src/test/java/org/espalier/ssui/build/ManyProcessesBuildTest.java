package org.espalier.ssui.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.espalier.core.SurroundingsException;
import org.espalier.endpoint.EndpointRequest;
import org.espalier.ssui.agent.DroppedSample;
import org.espalier.ssui.agent.Scripted;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds of several processes over one PostgreSQL database. */
@Timeout(90)
class ManyProcessesBuildTest {
    private static EmbeddedPostgres server;
    private static Pool pool;
    private static Map<String, String> alone;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        pool = PlayedBuild.pool(folder);
        try (Store store = Store.inFolder(folder, List.of(Build.MIGRATIONS, Drafts.MIGRATIONS))) {
            build(store, new Scripted(PlayedBuild::play)).run(now -> {});
            alone = PlayedBuild.drafts(store);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void twoProcessesMakeTheDraftsOfOneAndAskNothingTwice() throws InterruptedException {
        String url = database("two");
        Scripted one = new Scripted(slowly(PlayedBuild::play));
        Scripted other = new Scripted(slowly(PlayedBuild::play));
        try (Store first = open(url);
                Store second = open(url)) {
            Thread beside = Thread.ofPlatform().start(() -> build(second, other).run(now -> {}));
            BuildFunnel funnel = build(first, one).run(now -> {});
            beside.join();

            assertThat(funnel.done()).isTrue();
            assertThat(PlayedBuild.drafts(first)).isEqualTo(alone).isNotEmpty();
            assertThat(one.asked()).isNotEmpty();
            assertThat(other.asked()).isNotEmpty();
            assertThat(one.asked()).doesNotContainAnyElementsOf(other.asked()).doesNotHaveDuplicates();
        }
    }

    @Test
    void whatAProcessThatFailsLeavesIsDoneByAnother() throws InterruptedException {
        String url = database("failing");
        AtomicInteger calls = new AtomicInteger();
        Scripted failing = new Scripted(slowly(ask -> {
            if (calls.incrementAndGet() > 20) {
                throw new SurroundingsException("The network is gone.", new IOException());
            }
            return PlayedBuild.play(ask);
        }));
        try (Store first = open(url);
                Store second = open(url)) {
            Thread beside = Thread.ofPlatform()
                    .start(() -> build(second, new Scripted(slowly(PlayedBuild::play)))
                            .run(now -> {}));
            assertThatThrownBy(() -> build(first, failing).run(now -> {})).hasMessage("The network is gone.");
            beside.join();

            assertThat(PlayedBuild.drafts(first)).isEqualTo(alone);
        }
    }

    @Test
    void deadLettersAreTriedAgainWithNewDraws() {
        try (Store store = open(database("letters"))) {
            Scripted mute =
                    new Scripted(ask -> PlayedBuild.shape(ask).equals("summary") ? "no JSON" : PlayedBuild.play(ask));
            Build build = build(store, mute);
            assertThat(build.run(now -> {}).dead()).isEqualTo(alone.size());
            assertThat(build.deadLetters()).hasSize(alone.size());
            assertThat(build.run(now -> {}).drafts()).isZero();

            assertThat(build.revive()).isEqualTo(alone.size());
            Scripted speaking = new Scripted(PlayedBuild::play);
            BuildFunnel funnel = build(store, speaking).run(now -> {});
            assertThat(funnel.drafts()).isEqualTo(alone.size());
            assertThat(build.deadLetters()).isEmpty();
            assertThat(speaking.asked())
                    .filteredOn(ask -> PlayedBuild.shape(ask).equals("summary"))
                    .extracting(EndpointRequest::sample)
                    .containsOnly(1000);
        }
    }

    @Test
    void whoeverComesSecondWithASampleChangesNothing() {
        try (Store store = open(database("second"))) {
            SampleOutcomes outcomes = new SampleOutcomes(store);
            outcomes.dead("a", "check", "first", List.of());
            outcomes.dropped(new DroppedSample("a", "query", "second", "", ""));
            assertThat(outcomes.counts()).isEqualTo(new SampleOutcomes.Counts(0, Map.of(), Map.of("check", 1L)));

            outcomes.revive();
            outcomes.dropped(new DroppedSample("a", "query", "third", "", ""));
            assertThat(outcomes.counts()).isEqualTo(new SampleOutcomes.Counts(0, Map.of("query", 1L), Map.of()));
            assertThat(outcomes.of("a")).isEqualTo(new SampleOutcomes.History(true, Map.of("check", 1)));
            assertThat(outcomes.unfinished(List.of("b", "a", "c"))).containsExactly("b", "c");
        }
    }

    private static Build build(Store store, Scripted endpoint) {
        return Build.of(store, pool, PlayedBuild.settings(0.5), agent -> endpoint);
    }

    private static Function<EndpointRequest, String> slowly(Function<EndpointRequest, String> model) {
        return ask -> {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return model.apply(ask);
        };
    }

    private static Store open(String url) {
        return Store.open(url, List.of(Build.MIGRATIONS, Drafts.MIGRATIONS));
    }

    private String database(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.getJdbcUrl("postgres", name);
    }
}
