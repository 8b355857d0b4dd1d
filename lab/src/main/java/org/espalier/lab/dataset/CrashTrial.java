package org.espalier.lab.dataset;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.core.Progress;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.lab.process.EspalierProcess;
import org.espalier.store.Store;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds that are killed with kill -9 at random moments and started again with the same command, beside one that is not.
 *
 * @param kills altogether
 * @param killsABuild after so many a build is let end and the next one begins
 * @param concurrency calls at once
 * @param delay of the server
 */
public record CrashTrial(
        Path folder,
        int pictures,
        int kills,
        int killsABuild,
        int concurrency,
        Duration delay,
        Faults faults,
        long seed) {
    private static final int HEAP = 512;
    /** From its start a process needs about this long to its first call. */
    private static final Duration EARLIEST = Duration.ofMillis(300);

    /**
     * What was seen.
     *
     * @param drafts of the uninterrupted build
     * @param differing drafts of interrupted builds that are not equal to theirs, or missing, or too many
     * @param calls that the server answered, in interrupted builds
     * @param paidTwice of them, answers to a request that had been answered before
     * @param underWay calls at the kills, together, that the server answered though no disk had the answer: these must be
     *     paid twice
     * @param mostUnderWay of them at one kill; the builds allow themselves {@code concurrency}
     * @param idleKills kills that hit no call under way
     */
    public record Result(
            int builds,
            int kills,
            int idleKills,
            int drafts,
            int differing,
            long calls,
            long paidTwice,
            long underWay,
            long mostUnderWay) {
        /** Whether nothing was lost and no more paid twice than was under way. */
        public boolean sound(int concurrency) {
            return differing == 0 && paidTwice <= (long) kills * concurrency;
        }
    }

    /** Runs it. */
    public Result run(Progress progress) throws InterruptedException {
        TrialFolder prepared = TrialFolder.prepare(folder, pictures, 0);
        BuiltDrafts expected;
        try (PlayedServer server = server()) {
            expected = uninterrupted(prepared, server.base());
        }
        Random random = new Random(seed);
        Tally tally = new Tally();
        while (tally.kills < kills) {
            int here = Math.min(killsABuild, kills - tally.kills);
            Path out = folder.resolve("killed-" + tally.builds);
            try (PlayedServer server = server()) {
                interrupted(prepared, server, out, here, random, tally, progress);
                ObjectNode counts = server.counts();
                tally.calls += counts.path("calls").asLong();
                tally.paidTwice += counts.path("answered_twice").asLong();
            }
            tally.differing += expected.differing(BuiltDrafts.of(out));
            tally.builds++;
        }
        return new Result(
                tally.builds,
                tally.kills,
                tally.idle,
                expected.size(),
                tally.differing,
                tally.calls,
                tally.paidTwice,
                tally.underWay,
                tally.mostUnderWay);
    }

    private static final class Tally {
        int builds;
        int kills;
        int idle;
        int differing;
        long calls;
        long paidTwice;
        long underWay;
        long mostUnderWay;
    }

    private PlayedServer server() {
        return PlayedServer.start(
                new ServeSettings(0, delay, Math.max(1000, concurrency), faults, Optional.empty()), WorldFile.load());
    }

    private BuiltDrafts uninterrupted(TrialFolder prepared, URI base) throws InterruptedException {
        Path out = folder.resolve("whole");
        Path endpoints = prepared.endpoints("whole", base, concurrency, 20);
        EspalierProcess.finish(HEAP, folder.resolve("whole.log"), prepared.build(endpoints, out));
        return BuiltDrafts.of(out);
    }

    private void interrupted(
            TrialFolder prepared,
            PlayedServer server,
            Path out,
            int here,
            Random random,
            Tally tally,
            Progress progress)
            throws InterruptedException {
        Path endpoints = prepared.endpoints("killed", server.base(), concurrency, 20);
        List<String> words = prepared.build(endpoints, out);
        Path log = folder.resolve("killed.log");
        // Kills are spread over what the build has still to do, so that they hit every part of it.
        long before = 0;
        long paidAgain = 0;
        for (int kill = 0; kill < here; kill++) {
            try (EspalierProcess child = EspalierProcess.brief(HEAP, log, words)) {
                boolean over = awaitCalls(server, child, random);
                if (over) {
                    break;
                }
                child.kill();
                long all = unkept(server, out);
                long twice = server.counts().path("answered_twice").asLong();
                // What an earlier kill lost and nobody has asked for again is not lost anew.
                long lost = all - (before - (twice - paidAgain));
                before = all;
                paidAgain = twice;
                tally.underWay += lost;
                tally.mostUnderWay = Math.max(tally.mostUnderWay, lost);
                tally.idle += lost == 0 ? 1 : 0;
                tally.kills++;
            }
            progress.at("kills", tally.kills, kills, "");
        }
        EspalierProcess.finish(HEAP, log, words);
    }

    /** Requests that the server has answered so far and whose answer no disk has. */
    private static long unkept(PlayedServer server, Path out) throws InterruptedException {
        // Requests that the killed process had sent may still be on their way to the server.
        long calls = -1;
        while (server.counts().path("in_flight").asLong() > 0
                || calls != server.counts().path("calls").asLong()) {
            calls = server.counts().path("calls").asLong();
            Thread.sleep(250);
        }
        ObjectNode counts = server.counts();
        long ok = counts.path("endings").path("ok").asLong()
                - counts.path("answered_twice").asLong();
        if (!Files.exists(out.resolve(Store.FILE))) {
            return ok;
        }
        try (Store store = Store.inFolder(out)) {
            AtomicLong kept = new AtomicLong();
            // Answers stand under plain keys, what could not be used under longer ones.
            store.journal().forEach(entry -> kept.addAndGet(entry.key().length() == 64 ? 1 : 0));
            return ok - kept.get();
        }
    }

    /** Waits for a random moment of the process; whether it ended before. */
    private boolean awaitCalls(PlayedServer server, EspalierProcess child, Random random) throws InterruptedException {
        long before = server.counts().path("calls").asLong();
        // One kill in ten hits the start of the process, the others after some calls more.
        long more = random.nextInt(10) == 0 ? -1 : random.nextInt(Math.max(1, pictures * 5 / (killsABuild + 1)));
        long least = System.nanoTime() + EARLIEST.toNanos() + random.nextInt(300_000_000);
        while (child.running()) {
            boolean called = more < 0 || server.counts().path("calls").asLong() > before + more;
            if (called && System.nanoTime() > least) {
                return false;
            }
            Thread.sleep(2);
        }
        return true;
    }
}
