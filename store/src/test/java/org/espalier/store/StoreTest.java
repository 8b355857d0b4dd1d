package org.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final List<String> ROOM = List.of("org/espalier/store/room/migrations");

    @TempDir
    Path folder;

    @Test
    void keepsWhatWasWrittenWhenItIsOpenedAgain() {
        try (Store store = Store.inFolder(folder, ROOM)) {
            write(store, "a");
        }
        try (Store store = Store.inFolder(folder, ROOM)) {
            assertThat(notes(store)).isEqualTo(1);
            assertThat(store.postgres()).isFalse();
            assertThat(store.name()).endsWith("store.db");
        }
    }

    @Test
    void writesAheadAndWaitsForTheDisk() throws SQLException {
        try (Store store = Store.inFolder(folder);
                Connection connection = store.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("pragma journal_mode").getString(1))
                    .isEqualTo("wal");
            assertThat(statement.executeQuery("pragma synchronous").getInt(1)).isEqualTo(2);
        }
    }

    @Test
    void oneWhoFailsDoesNotTakeAwayWhatTheOthersOfItsGroupWrote() throws InterruptedException {
        try (Store store = Store.inFolder(folder, ROOM)) {
            List<Thread> writers = new java.util.ArrayList<>();
            List<Throwable> failed = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean bad = i % 50 == 7;
                writers.add(Thread.startVirtualThread(() -> {
                    try {
                        if (bad) {
                            store.write(connection -> {
                                write(connection, "never");
                                throw new SQLException("not this one");
                            });
                        } else {
                            write(store, "kept");
                        }
                    } catch (RuntimeException e) {
                        failed.add(e);
                    }
                }));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(failed).hasSize(4).allSatisfy(e -> assertThat(e).hasMessageContaining("not this one"));
            assertThat(notes(store)).isEqualTo(196);
        }
    }

    @Test
    void refusesWhatIsNoAddressWithoutShowingThePassword() {
        assertThatThrownBy(() -> Store.open("mysql://me:secret@host/db"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("jdbc:sqlite:")
                .hasMessageNotContaining("secret");
    }

    @Test
    void anAddressIsShownWithoutItsPassword() {
        assertThat(Store.shown("jdbc:postgresql://h:5432/db?user=me&password=secret"))
                .isEqualTo("jdbc:postgresql://h:5432/db?user=me");
        assertThat(Store.shown("jdbc:postgresql://h/db?password=secret&user=me&sslPassword=secret&ssl=true"))
                .isEqualTo("jdbc:postgresql://h/db?user=me&ssl=true");
        assertThat(Store.shown("jdbc:postgresql://me:secret@h/db?password=secret"))
                .isEqualTo("jdbc:postgresql://me@h/db");
        assertThat(Store.shown("jdbc:sqlite:a/store.db")).isEqualTo("jdbc:sqlite:a/store.db");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> Store.inFolder(folder.resolve("nowhere")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("does not exist");
    }

    @Test
    void refusesAFileThatIsNoStore() throws IOException {
        Files.writeString(folder.resolve(Store.FILE), "once upon a time ".repeat(100));
        assertThatThrownBy(() -> Store.inFolder(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged or not a store");
    }

    @Test
    void refusesAStoreOfANewerEspalier() throws SQLException {
        Store.inFolder(folder, ROOM).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Store.FILE));
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into history_store_room (installed_rank, version, description, type, script,"
                            + " installed_by, execution_time, success) values (9, '9', 'later', 'SQL', 'V9__later.sql', '', 1, 1)");
        }
        assertThatThrownBy(() -> Store.inFolder(folder, ROOM))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("newer Espalier");
    }

    @Test
    void saysThatAnotherProgramHoldsTheLock() throws SQLException {
        Path file = folder.resolve(Store.FILE);
        Store.inFolder(folder).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement();
                Store store = Store.open("jdbc:sqlite:" + file + "?busy_timeout=50")) {
            statement.execute("begin immediate");
            assertThatThrownBy(() -> store.write(
                            connection -> connection.createStatement().executeUpdate("delete from journal")))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("locked by another program");
            statement.execute("rollback");
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws SQLException {
        try (Store store = Store.inFolder(folder, ROOM)) {
            store.write(connection -> connection.createStatement().execute("pragma max_page_count = 60"));
            assertThatThrownBy(() -> write(store, "x".repeat(1_000_000)))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageContaining("is full")
                    .hasMessageContaining("nothing is lost");
            write(store, "small");
            assertThat(notes(store)).isEqualTo(1);
        }
    }

    /**
     * As SQLite's own tests do: the disk is full at every point, from the first table of ours to the last line (with less
     * room, Flyway tries for ten seconds to make its own).
     */
    @Test
    void whereverTheDiskIsFullASentenceSaysSoAndWhatWasWrittenStays() throws IOException {
        boolean whole = false;
        int failures = 0;
        for (int pages = 10; !whole; pages++) {
            Path file =
                    Files.createDirectories(folder.resolve("pages-" + pages)).resolve(Store.FILE);
            int written = 0;
            try (Store store = Store.open("jdbc:sqlite:" + file + "?max_page_count=" + pages, ROOM)) {
                for (; written < 3; written++) {
                    write(store, "x".repeat(5000));
                }
                whole = true;
            } catch (SurroundingsException e) {
                failures++;
                assertThat(e).hasMessageContaining("The disk under the store " + file + " is full: make room");
            }
            try (Store store = Store.open("jdbc:sqlite:" + file, ROOM)) {
                assertThat(notes(store)).isEqualTo(written);
            }
        }
        assertThat(failures).isGreaterThan(3);
    }

    /** What SQLite says on a tmpfs of 8 and of 52 KiB. */
    @Test
    void aFullDiskThatSqliteDoesNotCallFullIsKnown() {
        int sharedSize = 4874;
        assertThat(DatabaseFailure.ofSqlite("store.db", new SQLException("I/O error within xShmMap", "", sharedSize)))
                .hasMessageContaining("is full");
        assertThat(DatabaseFailure.ofSqlite(
                        "/proc/self/status", new SQLException("cannot commit - no transaction is active", "", 1)))
                .hasMessageContaining("is full");
        assertThat(DatabaseFailure.ofSqlite(
                        folder.toString(), new SQLException("cannot commit - no transaction is active", "", 1)))
                .hasMessageContaining("refuses: cannot commit");
    }

    @Test
    void writesThroughNoLink() throws IOException {
        for (String ending : List.of("", "-wal", "-shm", "-journal")) {
            Path run = Files.createDirectories(folder.resolve("run" + ending));
            Path mine = Files.writeString(folder.resolve("mine" + ending), "");
            Path link = Files.createSymbolicLink(run.resolve("store.db" + ending), mine);
            assertThatThrownBy(() -> Store.inFolder(run, ROOM).close())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(link + " is a link: nothing is written through links");
            assertThat(mine).isEmptyFile();
        }
    }

    @Test
    void refusesAStoreThatBringsProgramsAlong() throws SQLException, IOException {
        String endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as seq from n";
        for (String program : List.of(
                "create view journal as " + endless,
                "create trigger t after insert on other begin insert into other " + endless + "; end")) {
            Path run = Files.createTempDirectory(folder, "run");
            try (Connection connection = DriverManager.getConnection(Store.urlIn(run));
                    Statement statement = connection.createStatement()) {
                statement.execute("create table other (seq)");
                statement.execute(program);
            }
            assertThatThrownBy(() -> Store.inFolder(run, ROOM).close())
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(", which no Espalier made: take another store.");
        }
    }

    @Test
    void refusesAStoreWhoseHistoryIsDamaged() throws SQLException {
        Store.inFolder(folder, ROOM).close();
        try (Connection connection = DriverManager.getConnection(Store.urlIn(folder));
                Statement statement = connection.createStatement()) {
            statement.execute("alter table history_store rename column checksum to checksun");
        }
        assertThatThrownBy(() -> Store.inFolder(folder, ROOM).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("store.db does not have the tables this Espalier made");
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        try (Store store = Store.inFolder(folder, ROOM)) {
            write(store, "a");
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files)
                        .hasSizeGreaterThan(1)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void saysThatADatabaseDoesNotAnswer() {
        assertThatThrownBy(() -> Store.open("jdbc:postgresql://127.0.0.1:1/db?user=me&password=secret"))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("does not answer")
                .hasMessageNotContaining("secret");
    }

    @Test
    void severalProcessesOpenAnEmptyDatabaseAtOnce() throws Exception {
        try (ServerDatabase server = ServerDatabase.start();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int round = 0; round < 4; round++) {
                String url = server.url();
                List<Callable<Integer>> processes = Collections.nCopies(8, () -> {
                    try (Store store = Store.open(url, ROOM)) {
                        write(store, "here");
                        return notes(store);
                    }
                });
                for (Future<Integer> process : threads.invokeAll(processes)) {
                    assertThat(process.get()).isBetween(1, 8);
                }
            }
        }
    }

    private static void write(Store store, String text) {
        store.write(connection -> write(connection, text));
    }

    private static int write(Connection connection, String text) throws SQLException {
        try (var insert = connection.prepareStatement("insert into note (text) values (?)")) {
            insert.setString(1, text);
            return insert.executeUpdate();
        }
    }

    private static int notes(Store store) {
        return store.read(connection -> {
            try (Statement statement = connection.createStatement();
                    var found = statement.executeQuery("select count(*) from note where text <> 'never'")) {
                return found.next() ? found.getInt(1) : -1;
            }
        });
    }
}
