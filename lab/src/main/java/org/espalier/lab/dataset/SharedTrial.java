package org.espalier.lab.dataset;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.lab.process.EspalierProcess;

/**
 * One build by three processes over one PostgreSQL database, one of them killed with kill -9 after a third of the calls and
 * one added after half of them, beside the same build by one process that is left alone.
 *
 * @param store of a database that no build has used
 * @param concurrency calls at once, of each process
 * @param delay of the server
 */
public record SharedTrial(Path folder, String store, int pictures, int concurrency, Duration delay) {
    private static final int HEAP = 512;

    /**
     * What was seen.
     *
     * @param drafts of the build left alone
     * @param differing drafts of the shared one that are not equal to these, or missing, or too many
     * @param calls that the server answered in the shared build
     * @param paidTwice of them, answers to a request that had been answered before
     * @param aloneSeconds of the build left alone, its start included
     * @param seconds of the shared build, likewise
     */
    public record Result(int drafts, int differing, long calls, long paidTwice, double aloneSeconds, double seconds) {
        /** Whether nothing was lost and no more paid twice than was under way in the killed process. */
        public boolean sound(int concurrency) {
            return differing == 0 && paidTwice <= concurrency;
        }
    }

    /** Runs it. */
    public Result run(Progress progress) throws InterruptedException {
        if (BuiltDrafts.of(store).size() > 0) {
            throw new InputException("the database of --store holds drafts: give the address of an empty one");
        }
        TrialFolder prepared = TrialFolder.prepare(folder, pictures, 0);
        Path runs = prepared.fresh();
        long calls;
        double aloneSeconds;
        try (PlayedServer server = server()) {
            long start = System.nanoTime();
            try (EspalierProcess child = start(prepared, server, runs.resolve("alone"), List.of())) {
                progress.at("alone", 0, 0, "");
                child.succeeds();
            }
            aloneSeconds = (System.nanoTime() - start) / 1e9;
            calls = calls(server);
        }
        try (PlayedServer server = server()) {
            long start = System.nanoTime();
            share(prepared, server, runs, calls, progress);
            double seconds = (System.nanoTime() - start) / 1e9;
            BuiltDrafts expected = BuiltDrafts.of(runs.resolve("alone"));
            return new Result(
                    expected.size(),
                    expected.differing(BuiltDrafts.of(store)),
                    calls(server),
                    server.counts().path("answered_twice").asLong(),
                    aloneSeconds,
                    seconds);
        }
    }

    private void share(TrialFolder prepared, PlayedServer server, Path runs, long calls, Progress progress)
            throws InterruptedException {
        List<String> shared = List.of("--store", store);
        try (EspalierProcess first = start(prepared, server, runs.resolve("first"), shared);
                EspalierProcess second = start(prepared, server, runs.resolve("second"), shared)) {
            progress.at("shared", 0, 0, "two processes");
            awaitCalls(server, calls / 3, second);
            first.kill();
            progress.at("shared", 0, 0, "one process, the other was killed");
            awaitCalls(server, calls / 2, second);
            try (EspalierProcess late = start(prepared, server, runs.resolve("late"), shared)) {
                progress.at("shared", 0, 0, "two processes, one of them late");
                second.succeeds();
                late.succeeds();
            }
        }
    }

    private PlayedServer server() {
        return PlayedServer.start(new ServeSettings(0, delay, 1000, Faults.NONE, Optional.empty()), WorldFile.load());
    }

    private EspalierProcess start(TrialFolder prepared, PlayedServer server, Path out, List<String> more) {
        Path endpoints = prepared.endpoints("shared", server.base(), concurrency, 20);
        List<String> words = EspalierProcess.words(prepared.build(endpoints, out), more);
        return EspalierProcess.brief(HEAP, folder.resolve(out.getFileName() + ".log"), words);
    }

    private static void awaitCalls(PlayedServer server, long calls, EspalierProcess worker)
            throws InterruptedException {
        while (calls(server) < calls && worker.running()) {
            Thread.sleep(5);
        }
    }

    private static long calls(PlayedServer server) {
        return server.counts().path("calls").asLong();
    }
}
