package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.core.Sampling;
import org.espalier.core.SurroundingsException;
import org.espalier.core.Turn;
import org.espalier.endpoint.ScriptedServer.Reply;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.JournalEntry;
import org.espalier.store.SharedAllowance;
import org.espalier.store.SharedRate;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What several processes over one database may take and spend together. */
@Timeout(60)
class SharedLimitsTest {
    private static final Duration LEASE = Duration.ofHours(1);

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void whatOneProcessTakesTheOtherWaitsFor() {
        String url = database("rates");
        try (Store one = Store.open(url);
                Store other = Store.open(url)) {
            SharedRate first = one.sharedRate("it requests");
            SharedRate second = other.sharedRate("it requests");

            assertThat(first.take(Duration.ofHours(1))).isZero();
            assertThat(second.take(Duration.ofHours(2))).isBetween(Duration.ofMinutes(58), Duration.ofHours(1));
            assertThat(first.take(Duration.ofHours(1))).isBetween(Duration.ofMinutes(178), Duration.ofHours(3));
            assertThat(second.take(Duration.ZERO)).isBetween(Duration.ofMinutes(238), Duration.ofHours(4));
            assertThat(other.sharedRate("it tokens").take(Duration.ofHours(1))).isZero();
        }
    }

    @Test
    void aDatabaseWhoseClockWasSetBackDoesNotHoldEverybodyUp() throws SQLException {
        String url = database("set_back");
        try (Store store = Store.open(url)) {
            SharedRate rate = store.sharedRate("it requests");
            rate.take(Duration.ofMinutes(5));
            // What lies there as if it had been written ten hours from now.
            try (Connection connection = store.dataSource().getConnection();
                    Statement sql = connection.createStatement()) {
                sql.execute("update rate set next = next + 36000000000000, at = at + 36000000000000");
            }
            assertThat(rate.take(Duration.ofMinutes(5))).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
            assertThat(rate.take(Duration.ZERO)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        }
    }

    @Test
    void aLimitTakesAQuarterOfASecondsWorthAndUsesIt() throws InterruptedException {
        try (Store store = Store.open(database("quarter"))) {
            SharedRate rate = store.sharedRate("it tokens");
            // 600,000 a minute, of which a quarter of a second holds 2,500.
            RateLimit limit = new RateLimit.Shared(rate, 600_000);
            for (int i = 0; i < 25; i++) {
                limit.take(100);
            }
            Duration taken = rate.take(Duration.ZERO);
            assertThat(taken).isBetween(Duration.ofNanos(1), Duration.ofMillis(250));
            limit.correct(100, 100_100);
            limit.correct(200_000, 0);
            // It has 100,000 left now.
            limit.take(100_000);
            assertThat(rate.take(Duration.ZERO)).isLessThanOrEqualTo(taken);
        }
    }

    @Test
    void aBudgetIsHandedOutInPartsAndCountsWhatTheJournalSays() {
        String url = database("allowances");
        try (Store one = Store.open(url);
                Store other = Store.open(url)) {
            SharedAllowance first = one.sharedAllowance("it", new BigDecimal("1.00"), LEASE);
            SharedAllowance second = other.sharedAllowance("it", new BigDecimal("1.00"), LEASE);
            spend(one, "it", "0.50");
            spend(one, "another", "7");

            // A hundredth of the budget, or as much as is needed.
            assertThat(first.request(money("0"), money("0.001")).amount()).isEqualByComparingTo("0.01");
            SharedAllowance.Grant grant = second.request(money("0.05"), money("0.40"));
            assertThat(grant.amount()).isEqualByComparingTo("0.40");
            assertThat(grant.others()).isEqualByComparingTo("0.01");
            // 1 - 0.50 spent - 0.45 of the other process.
            grant = first.request(money("0.02"), money("0.04"));
            assertThat(grant.amount()).isZero();
            assertThat(grant.others()).isEqualByComparingTo("0.45");
            assertThat(first.request(money("0.02"), money("0.03")).amount()).isEqualByComparingTo("0.03");

            second.close();
            assertThat(first.request(money("0"), money("0.40")).amount()).isEqualByComparingTo("0.40");
        }
    }

    @Test
    void whatADeadProcessHeldIsFreeAfterItsLease() {
        String url = database("leases");
        try (Store one = Store.open(url);
                Store other = Store.open(url)) {
            BigDecimal budget = new BigDecimal("1");
            other.sharedAllowance("it", budget, Duration.ZERO).request(money("0"), money("1"));
            SharedAllowance alive = other.sharedAllowance("it", budget, LEASE);
            alive.renew();

            SharedAllowance first = one.sharedAllowance("it", budget, LEASE);
            assertThat(first.request(money("0"), money("1")).amount()).isEqualByComparingTo("1");
            assertThat(alive.request(money("0"), money("0.1")).others()).isEqualByComparingTo("1");
        }
    }

    @Test
    void severalProcessesTogetherStayWithinOneBudget() throws Exception {
        String url = database("budget");
        // Each call costs 0.0012: nine fit into 0.0115, and a tenth could exceed it.
        try (ScriptedServer server = new ScriptedServer(n -> Reply.words("answer"))) {
            EndpointsFile file = endpoints(server, "budget: 0.0115");
            List<Callable<Integer>> processes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int process = i;
                processes.add(() -> calls(url, file, process));
            }
            int answered = 0;
            try (ExecutorService threads = Executors.newCachedThreadPool()) {
                for (Future<Integer> process : threads.invokeAll(processes)) {
                    answered += result(process);
                }
            }
            assertThat(server.calls()).hasSize(9);
            assertThat(answered).isEqualTo(9);
        }
    }

    private static int result(Future<Integer> process) throws Exception {
        try {
            return process.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Asks until the budget is used up, and says how often. */
    private static int calls(String url, EndpointsFile file, int process) throws InterruptedException {
        try (Store store = Store.open(url);
                Endpoints endpoints = Endpoints.open(file, store)) {
            Endpoint endpoint = endpoints.named("it");
            // What the first call of a process costs is not known before; afterwards the dearest one is.
            for (int i = 0; ; i++) {
                EndpointRequest request = request("process " + process + ", call " + i);
                int done = i;
                if (i == 99) {
                    throw new IllegalStateException("no end of the budget");
                }
                try {
                    endpoint.ask(request);
                } catch (SurroundingsException e) {
                    assertThat(e).hasMessageContaining("budget of endpoint it is used up");
                    return done;
                }
            }
        }
    }

    @Test
    void aSpentBudgetIsSaidWithWhatAllProcessesSpent() throws Exception {
        String url = database("spent");
        try (ScriptedServer server = new ScriptedServer(n -> Reply.words("answer"));
                Store other = Store.open(url)) {
            spend(other, "it", "0.30");
            EndpointsFile file = endpoints(server, "budget: 0.3");
            try (Store store = Store.open(url);
                    Endpoints endpoints = Endpoints.open(file, store)) {
                assertThatThrownBy(() -> endpoints.named("it").ask(request("x")))
                        .isInstanceOf(SurroundingsException.class)
                        .hasMessageContaining("0.3 of 0.3 are spent");
            }
            assertThat(server.calls()).isEmpty();
        }
    }

    private EndpointsFile endpoints(ScriptedServer server, String more) throws IOException {
        Path file = folder.resolve("endpoints.yaml");
        Files.writeString(file, """
            endpoints:
              it:
                base-url: %s
                model: m
                concurrency: 1
                prices: {input: 1, cached-input: 0.5, output: 4}
                %s
            """.formatted(server.url(), more));
        return EndpointsFile.read(file, List.of());
    }

    private static EndpointRequest request(String text) {
        // As many tokens as make its estimate the 0.0012 that it costs.
        return new EndpointRequest(
                "label",
                List.of(new Turn(Turn.Role.USER, List.of(), text)),
                Sampling.at(0, 290, 1),
                0,
                Optional.empty());
    }

    private static void spend(Store store, String provider, String cost) {
        store.journal()
                .record(new JournalEntry(
                        provider + cost,
                        provider,
                        "m",
                        200,
                        new byte[0],
                        new byte[0],
                        1,
                        1,
                        money(cost),
                        java.time.Instant.EPOCH));
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    private static String database(String name) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres.getJdbcUrl("postgres", name);
    }
}
