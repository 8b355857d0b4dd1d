package org.espalier.store.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.core.SurroundingsException;
import org.espalier.store.ServerDatabase;
import org.espalier.store.Store;
import org.espalier.store.work.Endings.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same work on SQLite by one process, and on PostgreSQL beside others. */
@Timeout(60)
class TaskRunnerTest {
    /** As quick as can be, and never impatient with a task. */
    private static final RunnerSettings PATIENT =
            new RunnerSettings(Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofHours(1));

    private static ServerDatabase server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = ServerDatabase.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTaskIsRunOnce(boolean postgres) {
        try (Store store = open(postgres)) {
            Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
            AtomicInteger watched = new AtomicInteger();
            new TaskRunner(store, "q", PATIENT)
                    .run(new Endings(store, 700, counted(runs)), 20, watched::incrementAndGet);

            assertThat(runs)
                    .hasSize(700)
                    .allSatisfy((id, count) -> assertThat(count).hasValue(1));
            assertThat(Endings.written(store)).hasSize(700);
            assertThat(watched).hasPositiveValue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsFinishedIsNotRunAgain(boolean postgres) {
        try (Store store = open(postgres)) {
            run(store, 5, (id, stop) -> "first");
            run(store, 8, (id, stop) -> "second");

            assertThat(Endings.written(store))
                    .containsEntry("i4", "first")
                    .containsEntry("i5", "second")
                    .hasSize(8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverHasMoreInWorkThanAllowedBeforeTheLastOnesStart(boolean postgres) {
        int atOnce = 7;
        try (Store store = open(postgres)) {
            AtomicInteger begun = new AtomicInteger();
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch full = new CountDownLatch(atOnce);
            Step step = (id, stop) -> {
                int inWork = now.incrementAndGet();
                if (postgres || begun.incrementAndGet() <= 60 - 4 * atOnce) {
                    most.accumulateAndGet(inWork, Math::max);
                }
                full.countDown();
                full.await();
                Thread.sleep(5);
                now.decrementAndGet();
                return "";
            };
            new TaskRunner(store, "q", PATIENT).run(new Endings(store, 60, step), atOnce, () -> {});

            assertThat(most).hasValue(atOnce);
        }
    }

    @Test
    void theLastOnesOfOneProcessStartTogetherSoThatNoPlaceStaysEmpty() {
        try (Store store = open(false)) {
            CountDownLatch all = new CountDownLatch(10);
            run(store, 2, 10, (id, stop) -> {
                all.countDown();
                all.await();
                return "";
            });
            assertThat(Endings.written(store)).hasSize(10);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFailureEndsTheRunAndTheNextOneDoesWhatIsLeft(boolean postgres) {
        try (Store store = open(postgres)) {
            List<String> again = new CopyOnWriteArrayList<>();
            assertThatThrownBy(() -> run(store, 6, (id, stop) -> {
                        if (id.equals("i3")) {
                            throw new SurroundingsException("The network is gone.", new IOException());
                        }
                        return "before";
                    }))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessage("The network is gone.");
            assertThat(Endings.written(store)).doesNotContainKey("i3");

            run(store, 6, (id, stop) -> {
                again.add(id);
                return "after";
            });
            assertThat(again).contains("i3");
            assertThat(Endings.written(store)).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsTheRunAndLeavesItsTasksUnfinished(boolean postgres) throws InterruptedException {
        try (Store store = open(postgres)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            RunnerSettings impatient =
                    new RunnerSettings(Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofMillis(50));
            Step sleep = (id, stop) -> {
                begun.countDown();
                Thread.sleep(Duration.ofHours(1));
                return "never";
            };
            Thread run = Thread.ofPlatform().start(() -> {
                new TaskRunner(store, "q", impatient).run(new Endings(store, 9, sleep), 2, () -> {});
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.countDown();
                }
            });
            begun.await();
            run.interrupt();
            run.join();

            assertThat(interrupted.getCount()).isZero();
            assertThat(Endings.written(store)).isEmpty();
            run(store, 9, (id, stop) -> "later");
            assertThat(Endings.written(store)).hasSize(9);
        }
    }

    /** As a database's driver does whose connection the interrupt has closed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatATaskThrowsBecauseItIsInterruptedIsNoFailureOfTheRun(boolean postgres) throws InterruptedException {
        try (Store store = open(postgres)) {
            CountDownLatch begun = new CountDownLatch(1);
            AtomicBoolean ended = new AtomicBoolean();
            RunnerSettings impatient =
                    new RunnerSettings(Duration.ofSeconds(2), Duration.ofMillis(20), Duration.ofMillis(50));
            Step closed = (id, stop) -> {
                begun.countDown();
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IllegalStateException("closed by interrupt");
            };
            Thread run = Thread.ofPlatform().start(() -> {
                new TaskRunner(store, "q", impatient).run(new Endings(store, 2, closed), 2, () -> {});
                ended.set(Thread.currentThread().isInterrupted());
            });
            begun.await();
            run.interrupt();
            run.join();

            assertThat(ended).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTaskThatPausesEndsAtOnceWhenTheWatcherStopsTheRun(boolean postgres) {
        try (Store store = open(postgres)) {
            Step pause = (id, stop) -> {
                stop.pause(Duration.ofHours(1));
                return "never";
            };
            assertThatThrownBy(() -> new TaskRunner(store, "q", PATIENT).run(new Endings(store, 3, pause), 2, () -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(Endings.written(store)).isEmpty();
        }
    }

    @Test
    void twoProcessesShareTheWork() throws InterruptedException {
        String url = url(true);
        Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        Map<Integer, AtomicInteger> shares = new ConcurrentHashMap<>();
        try (Store one = Store.open(url, Endings.ROOM);
                Store other = Store.open(url, Endings.ROOM)) {
            List<Thread> processes = new ArrayList<>();
            for (Store store : List.of(one, other)) {
                processes.add(Thread.ofPlatform()
                        .start(() -> run(store, 400, (id, stop) -> {
                            shares.computeIfAbsent(store.hashCode(), key -> new AtomicInteger())
                                    .incrementAndGet();
                            return counted(runs).text(id, stop);
                        })));
            }
            for (Thread process : processes) {
                process.join();
            }
            assertThat(runs)
                    .hasSize(400)
                    .allSatisfy((id, count) -> assertThat(count).hasValue(1));
            assertThat(shares).hasSize(2);
        }
    }

    @Test
    void leavesToALivingOneWhatItWorksOnHoweverLongItTakes() throws InterruptedException {
        String url = url(true);
        RunnerSettings quick = new RunnerSettings(Duration.ofMillis(400), Duration.ofMillis(20), Duration.ofHours(1));
        CountDownLatch begun = new CountDownLatch(1);
        try (Store one = Store.open(url, Endings.ROOM);
                Store other = Store.open(url, Endings.ROOM)) {
            Step slow = (id, stop) -> {
                begun.countDown();
                // Longer than the others would wait for a sign of life.
                Thread.sleep(4_000);
                return "first";
            };
            Thread first = Thread.ofPlatform()
                    .start(() -> new TaskRunner(one, "q", quick).run(new Endings(one, 1, slow), 1, () -> {}));
            begun.await();
            new TaskRunner(other, "q", quick).run(new Endings(other, 1, (id, stop) -> "second"), 1, () -> {});
            first.join();
            assertThat(Endings.written(other)).containsExactly(Map.entry("i0", "first"));
        }
    }

    /** The database's clock was set by an hour after the other process had begun, which goes on by what it knew. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void leavesToALivingOneWhatItWorksOnAlthoughAClockWasSet(int hours) throws InterruptedException {
        RunnerSettings quick = new RunnerSettings(Duration.ofMillis(400), Duration.ofMillis(20), Duration.ofHours(1));
        String theirs = "clock_timestamp() + interval '" + hours + " hours'";
        AtomicInteger ours = new AtomicInteger();
        try (Store store = open(true)) {
            say(
                    store,
                    "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, picked_by,"
                            + " last_heartbeat, version) values ('q', 'i0', to_timestamp(0), true, 'other', " + theirs
                            + ", 1)");
            Thread other = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 25; i++) {
                    say(store, "update scheduled_tasks set last_heartbeat = " + theirs + " where picked_by = 'other'");
                    pause(200);
                }
                say(store, "insert into ending (id, text) values ('i0', 'theirs') on conflict do nothing");
                say(store, "delete from scheduled_tasks where picked_by = 'other'");
            });
            Step step = (id, stop) -> {
                ours.incrementAndGet();
                return "ours";
            };
            new TaskRunner(store, "q", quick).run(new Endings(store, 1, step), 1, () -> {});
            other.join();
            assertThat(Endings.written(store)).containsExactly(Map.entry("i0", "theirs"));
            assertThat(ours).hasValue(0);
        }
    }

    private static void say(Store store, String sql) {
        store.write(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void addsTasksToTheSharedTableAPortionAtATime() {
        try (Store store = open(true)) {
            AtomicLong most = new AtomicLong();
            ScheduledTasks table = new ScheduledTasks(store, "q");
            run(store, 4, 3 * Run.PORTION, (id, stop) -> {
                most.accumulateAndGet(table.count().all(), Math::max);
                return "";
            });
            assertThat(Endings.written(store)).hasSize(3 * Run.PORTION);
            assertThat(most.get()).isBetween((long) Run.PORTION, Run.PORTION + 8L);
            assertThat(table.count()).isEqualTo(new ScheduledTasks.Count(0, 0));
        }
    }

    private static void run(Store store, int count, Step step) {
        run(store, 4, count, step);
    }

    private static void run(Store store, int atOnce, int count, Step step) {
        new TaskRunner(store, "q", PATIENT).run(new Endings(store, count, step), atOnce, () -> {});
    }

    private static Step counted(Map<String, AtomicInteger> runs) {
        return (id, stop) -> {
            runs.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
            Thread.sleep(2);
            return id;
        };
    }

    private Store open(boolean postgres) {
        return Store.open(url(postgres), Endings.ROOM);
    }

    private String url(boolean postgres) {
        return postgres ? server.url() : "jdbc:sqlite:" + folder.resolve(Store.FILE);
    }
}
