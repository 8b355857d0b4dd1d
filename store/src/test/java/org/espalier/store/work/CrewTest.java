package org.espalier.store.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.espalier.core.SurroundingsException;
import org.espalier.store.ServerDatabase;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same work on SQLite and on PostgreSQL. */
@Timeout(60)
class CrewTest {
    private static final List<String> ROOM = List.of("org/espalier/store/room/migrations");
    private static final CrewSettings QUICK =
            new CrewSettings(Duration.ofMillis(900), Duration.ofMillis(30), Duration.ofMillis(200));
    /** Nobody is taken for dead, but by a test that says so; looks for items once, then only when one of its own ends. */
    private static final CrewSettings SILENT =
            new CrewSettings(Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(1));
    /** As quick as can be, and never impatient with a handler or another crew. */
    private static final CrewSettings PATIENT =
            new CrewSettings(Duration.ofHours(1), Duration.ofMillis(30), Duration.ofHours(1));

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
    void everyItemGoesThroughEveryStageOnce(boolean postgres) {
        try (Store store = open(postgres)) {
            Work.in(store, "q").add(items("a", 300));
            Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
            new Crew(store, "q", List.of(new StageGroup(20, stages(calls, "a", "b", "c"))), QUICK).run();

            assertThat(calls)
                    .hasSize(900)
                    .allSatisfy((name, count) -> assertThat(count).hasValue(1));
            assertThat(Work.in(store, "q").counts().values())
                    .containsExactly(
                            new StageCount("a", 0, 0, 300, 0),
                            new StageCount("b", 0, 0, 300, 0),
                            new StageCount("c", 0, 0, 300, 0));
            assertThat(notes(store)).isEqualTo(900);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverHasMoreInWorkThanTheGroupAllows(boolean postgres) {
        try (Store store = open(postgres)) {
            Work.in(store, "q").add(items("a", 60));
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch full = new CountDownLatch(7);
            Handler handler = item -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                full.countDown();
                full.await();
                Thread.sleep(5);
                now.decrementAndGet();
                return item.stage().equals("a")
                        ? new Outcome.Done(new NewItem("b", item.id(), ""))
                        : new Outcome.Done();
            };
            List<Stage> stages = List.of(new Stage("a", 1, handler), new Stage("b", 1, handler));
            new Crew(store, "q", List.of(new StageGroup(7, stages)), QUICK).run();
            assertThat(most).hasValue(7);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void triesAgainWhatWasPutOffAndGivesUpAfterTheLastAttempt(boolean postgres) {
        try (Store store = open(postgres)) {
            Work work = Work.in(store, "q");
            work.add(List.of(new NewItem("a", "good", "G"), new NewItem("a", "bad", "B")));
            List<String> seen = new CopyOnWriteArrayList<>();
            Handler handler = item -> {
                seen.add(item.id() + item.attempt() + item.reason());
                return item.id().equals("good") && item.attempt() == 3
                        ? new Outcome.Done()
                        : new Outcome.Later(Duration.ofMillis(10), "no " + item.attempt());
            };
            new Crew(store, "q", List.of(new StageGroup(1, List.of(new Stage("a", 3, handler)))), QUICK).run();
            assertThat(seen)
                    .containsExactlyInAnyOrder("good1", "good2no 1", "good3no 2", "bad1", "bad2no 1", "bad3no 2");
            assertThat(DeadLetter.of(store, "q"))
                    .containsExactly(new DeadLetter("a", "bad", "B", 3, "Given up after 3 attempts: no 3"));

            assertThat(work.revive()).isEqualTo(1);
            assertThat(work.counts().get("a")).isEqualTo(new StageCount("a", 1, 0, 1, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsPutOffStaysPutOffInTheNextProcess(boolean postgres) {
        String url = url(postgres);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Store store = Store.open(url, ROOM)) {
            Work.in(store, "q").add(items("a", 1));
            runUntilOneIsHandled(store, seen, new Outcome.Later(Duration.ofDays(1), "429"));
        }
        try (Store store = Store.open(url, ROOM)) {
            Work.in(store, "q").add(items("a", 2));
            runUntilOneIsHandled(store, seen, new Outcome.Done());
            assertThat(seen).containsExactly("0 at 1", "1 at 1");

            store.write(connection ->
                    connection.createStatement().executeUpdate("update work set not_before = 1 where not_before > 0"));
            runUntilOneIsHandled(store, seen, new Outcome.Done());
            assertThat(seen).containsExactly("0 at 1", "1 at 1", "0 at 2");
        }
    }

    private void runUntilOneIsHandled(Store store, List<String> seen, Outcome outcome) {
        Crew[] crew = new Crew[1];
        crew[0] = crew(store, PATIENT, item -> {
            seen.add(item.id() + " at " + item.attempt());
            crew[0].stop();
            return outcome;
        });
        crew[0].run();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFaultOfAStageIsADeadLetterAndAFailureOfTheSurroundingsEndsTheRun(boolean postgres) {
        try (Store store = open(postgres)) {
            Work.in(store, "q").add(items("a", 3));
            Crew faulty = crew(store, PATIENT, item -> {
                if (item.id().equals("0")) {
                    throw new IllegalStateException("oh");
                }
                throw new SurroundingsException("The network is gone.", new IOException());
            });
            assertThatThrownBy(faulty::run).isInstanceOf(SurroundingsException.class);
            assertThat(Work.in(store, "q").counts().get("a")).isEqualTo(new StageCount("a", 2, 0, 0, 1));
            assertThat(DeadLetter.of(store, "q").getFirst().reason()).contains("IllegalStateException: oh");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneWhoIsThoughtDeadDoesNotWriteASecondEnd(boolean postgres) throws InterruptedException {
        String url = url(postgres);
        try (Store slow = Store.open(url, ROOM);
                Store quick = Store.open(url, ROOM)) {
            Work.in(slow, "q").add(items("a", 1));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Thread first = Thread.ofPlatform()
                    .start(() -> crew(slow, SILENT, item -> {
                                begun.countDown();
                                go.await();
                                return new Outcome.Done(List.of(), note("slow"));
                            })
                            .run());
            begun.await();
            slow.write(connection -> connection.createStatement().executeUpdate("update worker set alive_until = 0"));
            crew(quick, item -> new Outcome.Done(List.of(), note("quick"))).run();
            go.countDown();
            first.join();
            assertThat(texts(quick)).containsExactly("quick");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesOverWhatOneClaimedWhoHasNoPlaceAnyMore(boolean postgres) {
        try (Store store = open(postgres)) {
            Work work = Work.in(store, "q");
            work.add(items("a", 1));
            Work.in(store, "other").add(items("a", 1));
            store.write(connection ->
                    connection.createStatement().executeUpdate("update work set state = 1, owner = 'lost before'"));
            Rows loss = connection -> connection
                    .createStatement()
                    .executeUpdate(
                            "insert into work (queue, stage, id, state, attempt, not_before, owner, reason, payload)"
                                    + " values ('q', 'a', 'late', 1, 1, 0, 'lost meanwhile', '', '')");
            crew(store, item -> new Outcome.Done(List.of(), item.id().equals("0") ? loss : note(item.id())))
                    .run();
            assertThat(texts(store)).containsExactly("late");
            assertThat(work.counts().get("a")).isEqualTo(new StageCount("a", 0, 0, 2, 0));
            assertThat(Work.in(store, "other").counts().get("a").inWork()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesToALivingOneWhatItHolds(boolean postgres) throws InterruptedException {
        String url = url(postgres);
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Store one = Store.open(url, ROOM);
                Store other = Store.open(url, ROOM)) {
            Work.in(one, "q").add(items("a", 1));
            Thread first = Thread.ofPlatform()
                    .start(() -> crew(one, PATIENT, item -> {
                                seen.add("first " + item.stage());
                                begun.countDown();
                                go.await();
                                return new Outcome.Done();
                            })
                            .run());
            begun.await();
            Work.in(one, "q").add(items("b", 1));
            Handler handler = item -> {
                seen.add("second " + item.stage());
                go.countDown();
                return new Outcome.Done();
            };
            List<Stage> stages = List.of(new Stage("a", 3, handler), new Stage("b", 3, handler));
            new Crew(other, "q", List.of(new StageGroup(2, stages)), PATIENT).run();
            first.join();
        }
        assertThat(seen).containsExactly("first a", "second b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsTheRunAndPutsBackWhatItHolds(boolean postgres) throws InterruptedException {
        try (Store store = open(postgres)) {
            Work.in(store, "q").add(items("a", 9));
            CountDownLatch begun = new CountDownLatch(1);
            Thread run = Thread.ofPlatform()
                    .start(() -> crew(store, item -> {
                                begun.countDown();
                                Thread.sleep(Duration.ofHours(1));
                                return new Outcome.Done();
                            })
                            .run());
            begun.await();
            run.interrupt();
            run.join();
            assertThat(Work.in(store, "q").counts().get("a")).isEqualTo(new StageCount("a", 9, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anItemThatIsAlreadyThereIsNotAddedAgain(boolean postgres) {
        try (Store store = open(postgres)) {
            assertThat(Work.in(store, "q").add(items("a", 5))).isEqualTo(5);
            assertThat(Work.in(store, "q").add(items("a", 8))).isEqualTo(3);
            assertThat(Work.in(store, "other").add(items("a", 8))).isEqualTo(8);
            crew(store, item -> new Outcome.Done(new NewItem("a", "0", ""))).run();
            assertThat(Work.in(store, "q").counts().get("a").done()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoCrewsShareTheWork(boolean postgres) throws InterruptedException {
        String url = url(postgres);
        Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
        try (Store one = Store.open(url, ROOM);
                Store other = Store.open(url, ROOM)) {
            Work.in(one, "q").add(items("a", 200));
            List<Thread> crews = new ArrayList<>();
            for (Store store : List.of(one, other)) {
                List<StageGroup> groups = List.of(new StageGroup(4, stages(calls, "a", "b")));
                crews.add(Thread.ofPlatform().start(() -> new Crew(store, "q", groups, PATIENT).run()));
            }
            for (Thread crew : crews) {
                crew.join();
            }
            assertThat(calls)
                    .hasSize(400)
                    .allSatisfy((name, count) -> assertThat(count).hasValue(1));
            assertThat(notes(one)).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWhatItBeganFirstUntilFewAreLeftToBegin(boolean postgres) {
        try (Store store = open(postgres)) {
            Work work = Work.in(store, "q");
            work.add(items("a", 3));
            work.add(items("b", 2));
            List<String> begun = new CopyOnWriteArrayList<>();
            Handler handler = item -> {
                begun.add(item.stage() + item.id());
                if (begun.getLast().equals("a1")) {
                    // Two more, late enough that whoever claims them sees that at most one of a is left.
                    work.add(items("b", 4));
                }
                return new Outcome.Done();
            };
            List<Stage> stages = List.of(new Stage("a", 3, handler), new Stage("b", 3, handler));
            // A stage that was found empty is looked at again at once, so that the order hangs on the crew alone.
            CrewSettings restless = new CrewSettings(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(1));
            new Crew(store, "q", List.of(new StageGroup(1, stages)), restless).run();
            assertThat(begun).containsExactly("b0", "b1", "a0", "a1", "a2", "b2", "b3");
        }
    }

    private Crew crew(Store store, Handler handler) {
        return crew(store, QUICK, handler);
    }

    private Crew crew(Store store, CrewSettings settings, Handler handler) {
        return new Crew(store, "q", List.of(new StageGroup(2, List.of(new Stage("a", 3, handler)))), settings);
    }

    /** Stages that count their calls, sleep a little, write a row and hand on to the next. */
    private static List<Stage> stages(Map<String, AtomicInteger> calls, String... names) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            List<String> next = i + 1 < names.length ? List.of(names[i + 1]) : List.of();
            stages.add(new Stage(names[i], 3, item -> {
                String name = item.stage() + item.id();
                calls.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
                Thread.sleep(2);
                return new Outcome.Done(
                        next.stream()
                                .map(stage -> new NewItem(stage, item.id(), "p"))
                                .toList(),
                        note(name));
            }));
        }
        return stages;
    }

    private static Rows note(String text) {
        return connection -> {
            try (var insert = connection.prepareStatement("insert into note (text) values (?)")) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        };
    }

    private static List<NewItem> items(String stage, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new NewItem(stage, Integer.toString(i), "p"))
                .toList();
    }

    private Store open(boolean postgres) {
        return Store.open(url(postgres), ROOM);
    }

    private String url(boolean postgres) {
        return postgres ? server.url() : "jdbc:sqlite:" + folder.resolve(Store.FILE);
    }

    private static long notes(Store store) {
        return texts(store).size();
    }

    private static List<String> texts(Store store) {
        return store.read(CrewTest::texts);
    }

    private static List<String> texts(Connection connection) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select text from note order by seq")) {
            while (found.next()) {
                texts.add(found.getString(1));
            }
        }
        return texts;
    }
}
