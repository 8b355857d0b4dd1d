package org.espalier.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant AT = Instant.parse("2026-11-24T04:00:00.123Z");

    @TempDir
    Path folder;

    @Test
    void givesBackTheBytesThatCame() {
        try (Store store = Store.inFolder(folder)) {
            store.journal().record(entry("k", 200, "0.000000125"));
            JournalEntry found = store.journal().find("k").orElseThrow();
            assertThat(found).usingRecursiveComparison().isEqualTo(entry("k", 200, "0.000000125"));
            assertThat(found.response()).isEqualTo(new byte[] {(byte) 0xff, 0, 13});
            assertThat(store.journal().find("other")).isEmpty();
        }
    }

    @Test
    void givesEverythingThatStandsBelowAKeyInBothDatabases() throws IOException {
        try (ServerDatabase server = ServerDatabase.start();
                Store file = Store.inFolder(folder);
                Store shared = Store.open(server.url(), List.of())) {
            for (Store store : List.of(file, shared)) {
                for (String key : List.of("ab-2", "ab", "ab-1", "abc-1", "ac-1", "AB-1", "a-1")) {
                    store.journal().record(entry(key, 500, "0"));
                }
                assertThat(store.journal().beginning("ab-"))
                        .extracting(JournalEntry::key)
                        .containsExactly("ab-2", "ab-1");
            }
        }
    }

    @Test
    void theFirstAnswerUnderAKeyStays() {
        try (Store store = Store.inFolder(folder)) {
            store.journal().record(entry("k", 200, "1"));
            store.journal().record(entry("k", 500, "2"));
            assertThat(store.journal().find("k").orElseThrow().status()).isEqualTo(200);
        }
    }

    @Test
    void aThousandWritersAtOnceAreAllRecordedAndAddedUp() throws InterruptedException {
        try (Store store = Store.inFolder(folder)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String key = "k" + i;
                writers.add(Thread.startVirtualThread(() -> store.journal().record(entry(key, 200, "0.001"))));
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(store.journal().spending())
                    .containsExactly(new Spending("p", "m", 1000, 7000, 3000, new BigDecimal("1.000000000")));
            List<String> keys = new ArrayList<>();
            store.journal().forEach(entry -> keys.add(entry.key()));
            assertThat(keys).hasSize(1000).doesNotHaveDuplicates();
        }
    }

    @Test
    void theKeyIsTheHashOfItsPartsWithTheirLengths() {
        // printf '\0\0\0\1p\0\0\0\1m\0\0\0\2{}\0\0\0\3' | sha256sum
        assertThat(Journal.key("p", "m", "{}".getBytes(UTF_8), 3))
                .isEqualTo("6089986185e571c49e1580e138193335043f84a3eb787055f4dbcdae5337ff84");
        assertThat(Journal.key("ab", "c", new byte[0], 0)).isNotEqualTo(Journal.key("a", "bc", new byte[0], 0));
    }

    private static JournalEntry entry(String key, int status, String cost) {
        return new JournalEntry(
                key,
                "p",
                "m",
                status,
                "{}".getBytes(UTF_8),
                new byte[] {(byte) 0xff, 0, 13},
                7,
                3,
                new BigDecimal(cost).setScale(9),
                AT);
    }
}
