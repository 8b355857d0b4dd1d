package org.espalier.store.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.espalier.store.ServerDatabase;
import org.espalier.store.Store;

/** Both engines on both databases: {@code WorkPeers ITEMS DELAY_MS CONCURRENCY ENGINE sqlite|postgres FOLDER}. */
final class WorkPeers {
    private WorkPeers() {}

    public static void main(String[] arguments) throws IOException {
        WorkPlan plan = new WorkPlan(
                Integer.parseInt(arguments[0]),
                5,
                Duration.ofMillis(Long.parseLong(arguments[1])),
                Integer.parseInt(arguments[2]));
        WorkEngine engine = arguments[3].equals("crew") ? new CrewEngine() : new DbSchedulerEngine();
        if (arguments[4].equals("sqlite")) {
            Path folder = Files.createTempDirectory(Path.of(arguments[5]), "work");
            measure("jdbc:sqlite:" + folder.resolve(Store.FILE), engine, plan);
        } else {
            try (ServerDatabase server = ServerDatabase.start()) {
                measure(server.url(), engine, plan);
            }
        }
    }

    private static void measure(String url, WorkEngine engine, WorkPlan plan) {
        try (Store store = Store.open(url, List.of())) {
            WorkFigures figures = WorkBenchmark.run(store, engine, plan, (name, done, total, note) -> {});
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %d ms | %d | %.1f | %.0f | %.1f %% | %.2f | %d |%n",
                    figures.engine(),
                    figures.database(),
                    plan.steps(),
                    plan.delay().toMillis(),
                    plan.concurrency(),
                    figures.seconds(),
                    figures.stepsPerSecond(),
                    100 * figures.share(),
                    figures.cpuPerThousand(),
                    figures.heapMegabytes());
        }
    }
}
