package org.espalier.store.perf;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.espalier.core.Progress;
import org.espalier.store.Journal;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;

/** Runs a plan on an engine and takes the time. */
public final class WorkBenchmark {
    private static final int REQUEST_BYTES = 1500;
    private static final int RESPONSE_BYTES = 800;

    private WorkBenchmark() {}

    /** Does {@code plan} with {@code engine} in {@code store}, which holds nothing of it yet. */
    public static WorkFigures run(Store store, WorkEngine engine, WorkPlan plan, Progress progress) {
        engine.add(store, plan);
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        engine.work(
                store,
                plan,
                (stage, id) -> call(store.journal(), plan, stage, id),
                done -> progress.at(engine.name(), done, plan.steps(), ""));
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        return new WorkFigures(
                engine.name(),
                store.postgres() ? "PostgreSQL" : "SQLite",
                plan,
                seconds,
                plan.steps() / seconds,
                plan.idealSeconds() / seconds,
                cpuSeconds * 1000 / plan.steps(),
                heapMegabytes());
    }

    /** A wait, and an answer of the usual size in the journal, as an agent's call leaves it. */
    private static void call(Journal journal, WorkPlan plan, String stage, String id) throws InterruptedException {
        byte[] request = (stage + " " + id + " ").repeat(REQUEST_BYTES / 20).getBytes(StandardCharsets.UTF_8);
        String key = Journal.key("perf", "none", request, 0);
        if (journal.find(key).isEmpty()) {
            Thread.sleep(plan.delay());
            journal.record(new JournalEntry(
                    key,
                    "perf",
                    "none",
                    200,
                    request,
                    new byte[RESPONSE_BYTES],
                    300,
                    100,
                    BigDecimal.ZERO,
                    Instant.now()));
        }
    }

    private static long heapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                >> 20;
    }
}
