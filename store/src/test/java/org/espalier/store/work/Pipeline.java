package org.espalier.store.work;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.SurroundingsException;
import org.espalier.store.Journal;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/** A build in small, for a process of its own: {@code Pipeline STORE_URL SERVER_URL CONCURRENCY}. */
public final class Pipeline {
    static final List<String> ROOM = List.of("org/espalier/store/room/migrations");
    static final List<String> STAGES = List.of("query", "check", "summary");

    private Pipeline() {}

    public static void main(String[] arguments) {
        // A lease so long that none that lives is thought dead, however busy the machine; the killed are known at once.
        CrewSettings settings = new CrewSettings(Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(5));
        try (Store store = Store.open(arguments[0], ROOM)) {
            new Crew(store, "q", List.of(group(store, arguments[1], Integer.parseInt(arguments[2]))), settings).run();
        }
    }

    private static StageGroup group(Store store, String server, int concurrency) {
        List<Stage> stages = new ArrayList<>();
        for (String name : STAGES) {
            int next = STAGES.indexOf(name) + 1;
            stages.add(new Stage(name, 100, item -> {
                JournalEntry answer = ask(store.journal(), server, item);
                if (answer.status() != 200) {
                    return new Outcome.Later(Duration.ofMillis(20), "status " + answer.status());
                }
                String text = new String(answer.response(), StandardCharsets.UTF_8);
                List<NewItem> following = next < STAGES.size()
                        ? List.of(new NewItem(STAGES.get(next), item.id(), item.payload() + text))
                        : List.of();
                return new Outcome.Done(following, connection -> {
                    try (var insert = connection.prepareStatement("insert into note (text) values (?)")) {
                        insert.setString(1, item.stage() + " " + item.id() + " " + item.payload() + text);
                        insert.executeUpdate();
                    }
                });
            }));
        }
        return new StageGroup(concurrency, stages);
    }

    private static JournalEntry ask(Journal journal, String server, Item item) {
        byte[] request = (item.stage() + "/" + item.id()).getBytes(StandardCharsets.UTF_8);
        String key = Journal.key("test", "none", request, 0);
        return journal.find(key).orElseGet(() -> {
            JournalEntry answer = call(key, request, server);
            if (answer.status() == 200) {
                journal.record(answer);
            }
            return answer;
        });
    }

    private static JournalEntry call(String key, byte[] request, String server) {
        try {
            var connection =
                    (java.net.HttpURLConnection) URI.create(server + new String(request, StandardCharsets.UTF_8))
                            .toURL()
                            .openConnection();
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
