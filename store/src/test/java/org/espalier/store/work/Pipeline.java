package org.espalier.store.work;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.espalier.core.SurroundingsException;
import org.espalier.store.Journal;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/** A build in small, for a process of its own: {@code Pipeline STORE_URL SERVER_URL TASKS AT_ONCE}. */
public record Pipeline(Journal journal, String server, Semaphore places) {
    static final List<String> STAGES = List.of("query", "check", "summary");

    public static void main(String[] arguments) {
        // One that lives is not thought dead on a busy machine either; one that was killed is missed after four
        // seconds.
        RunnerSettings settings =
                new RunnerSettings(Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofSeconds(5));
        try (Store store = Store.open(arguments[0], Endings.ROOM)) {
            int atOnce = Integer.parseInt(arguments[3]);
            Pipeline pipeline = new Pipeline(store.journal(), arguments[1], new Semaphore(atOnce));
            Endings tasks = new Endings(store, Integer.parseInt(arguments[2]), pipeline::text);
            new TaskRunner(store, "q", settings).run(tasks, atOnce, () -> {});
        }
    }

    /** What the server says at each stage, one after the other. */
    private String text(String id, StopSignal stop) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String stage : STAGES) {
            JournalEntry answer = ask(stage + "/" + id);
            while (answer.status() != 200) {
                stop.pause(Duration.ofMillis(20));
                answer = ask(stage + "/" + id);
            }
            text.append(new String(answer.response(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /** A call keeps its place until its answer is on the disk. */
    private JournalEntry ask(String path) throws InterruptedException {
        byte[] request = path.getBytes(StandardCharsets.UTF_8);
        String key = Journal.key("test", "none", request, 0);
        places.acquire();
        try {
            return journal.find(key).orElseGet(() -> {
                JournalEntry answer = call(key, request, server + path);
                if (answer.status() == 200) {
                    journal.record(answer);
                }
                return answer;
            });
        } finally {
            places.release();
        }
    }

    private static JournalEntry call(String key, byte[] request, String url) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            int status = connection.getResponseCode();
            byte[] body = new byte[0];
            if (status == 200) {
                try (InputStream in = connection.getInputStream()) {
                    body = in.readAllBytes();
                }
            }
            return new JournalEntry(key, "test", "none", status, request, body, 1, 1, BigDecimal.ZERO, Instant.now());
        } catch (IOException e) {
            throw new SurroundingsException("The server is gone.", e);
        }
    }
}
