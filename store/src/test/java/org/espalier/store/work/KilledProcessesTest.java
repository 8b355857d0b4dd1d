package org.espalier.store.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.store.ServerDatabase;
import org.espalier.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die in the middle, without a chance to put anything in order. */
@Timeout(90)
class KilledProcessesTest {
    private static final int ITEMS = 120;
    private static final int AT_ONCE = 8;

    @TempDir
    Path folder;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void leaveNoneBehind() throws InterruptedException {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void aBuildKilledAgainAndAgainEndsAsIfItHadNotBeen() throws IOException, InterruptedException {
        String url = "jdbc:sqlite:" + folder.resolve(Store.FILE);
        SplittableRandom random = new SplittableRandom(5);
        try (CountingServer server = new CountingServer();
                Store store = Store.open(url, Endings.ROOM)) {
            int kills = 0;
            for (int goal = 30; goal < 300; goal += 90) {
                Process child = child(url, server);
                while (server.answers() < goal + random.nextInt(40) && child.isAlive()) {
                    Thread.sleep(2);
                }
                child.destroyForcibly().waitFor();
                kills++;
            }
            Process last = child(url, server);
            assertThat(last.waitFor()).isZero();
            assertThat(kills).isEqualTo(3);
            check(store, server, kills * AT_ONCE);
        }
    }

    @Test
    void ofThreeProcessesOneIsKilledAndOneComesLate() throws IOException, InterruptedException {
        try (ServerDatabase database = ServerDatabase.start();
                CountingServer server = new CountingServer()) {
            String url = database.url();
            try (Store store = Store.open(url, Endings.ROOM)) {
                Process killed = child(url, server);
                Process stays = child(url, server);
                while (server.answers() < 60) {
                    Thread.sleep(2);
                }
                Process late = child(url, server);
                killed.destroyForcibly().waitFor();
                assertThat(stays.waitFor()).isZero();
                assertThat(late.waitFor()).isZero();
                check(store, server, AT_ONCE);
            }
        }
    }

    /** Every row once, as an uninterrupted run writes it; every answer once, but for those under way at a kill. */
    private static void check(Store store, CountingServer server, int atKills) {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < ITEMS; i++) {
            String id = "i" + i;
            expected.put(
                    id,
                    Pipeline.STAGES.stream()
                            .map(stage -> "[/" + stage + "/" + id + "]")
                            .collect(Collectors.joining()));
        }
        assertThat(Endings.written(store)).isEqualTo(expected);
        assertThat(server.different()).isEqualTo(3 * ITEMS);
        assertThat(server.answers() - server.different()).isBetween(0, atKills);
    }

    private Process child(String url, CountingServer server) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Pipeline.class.getName(),
                url,
                server.url(),
                Integer.toString(ITEMS),
                Integer.toString(AT_ONCE));
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("child" + children.size() + ".log").toFile())
                .start();
        children.add(child);
        return child;
    }
}
