package org.espalier.ssui.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Sha256;
import org.espalier.picture.Scan;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.pool.SafetyCheck;

/** Decides some candidates together that were looked at: compared in order, verified all at once. */
final class IntakeBatch implements AutoCloseable {
    private static final long HEARD_EVERY_MS = 200;

    private final Pool pool;
    private final IntakeSettings settings;
    private final SafetyCheck safety;
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

    IntakeBatch(Pool pool, IntakeSettings settings, SafetyCheck safety) {
        this.pool = pool;
        this.settings = settings;
        this.safety = safety;
    }

    /**
     * Decides candidates from the first on, as many as are needed until the pool could be full.
     *
     * @param scans what came of looking at each
     * @param seen what passed before; what passes now is added
     */
    List<Decision> decide(List<Candidate> candidates, List<Scan> scans, PassedPictures seen) {
        List<Step> steps = new ArrayList<>();
        int wanted = settings.limit() - seen.pooled();
        for (int i = 0; i < candidates.size() && wanted > 0; i++) {
            Step step = compare(candidates.get(i), scans.get(i), seen);
            steps.add(step);
            wanted -= step instanceof Step.New ? 1 : 0;
        }
        List<Decision> decisions = all(waiting, steps, this::settle, done -> {});
        decisions.stream().filter(Decision.Pooled.class::isInstance).forEach(in -> seen.countPooled());
        return decisions;
    }

    /** How far a candidate is decided before its picture is verified. */
    private sealed interface Step {
        /** Refused. */
        record Out(Refusal refusal) implements Step {}

        /** New, and not verified yet. */
        record New(Candidate candidate, PooledPicture picture) implements Step {}
    }

    private static Step compare(Candidate candidate, Scan scan, PassedPictures seen) {
        return switch (scan) {
            case Scan.Faulty faulty -> new Step.Out(Refusal.of(candidate.source(), faulty.fault(), faulty.what()));
            case Scan.Sound sound -> {
                Optional<Refusal> duplicate = seen.duplicate(candidate.source(), sound);
                if (duplicate.isPresent()) {
                    yield new Step.Out(duplicate.get());
                }
                PooledPicture picture = pooled(candidate, sound, Safety.UNVERIFIED);
                seen.add(picture);
                yield new Step.New(candidate, picture);
            }
        };
    }

    private static PooledPicture pooled(Candidate candidate, Scan.Sound scan, Safety safety) {
        String id = PooledPicture.idOf(scan.sha256());
        return new PooledPicture(
                id,
                Pool.IMAGES + "/" + id + "." + scan.format().extension(),
                scan.sha256(),
                scan.phash(),
                scan.size().width(),
                scan.size().height(),
                scan.format().label(),
                scan.bytes(),
                candidate.licence(),
                candidate.source(),
                safety);
    }

    /** Copies a new picture into the pool and has it verified there; one that is harmful is taken out again. */
    private Decision settle(Step step) {
        return switch (step) {
            case Step.Out(Refusal refusal) -> new Decision.Refused(refusal);
            case Step.New(Candidate candidate, PooledPicture picture) -> {
                copy(Intake.file(candidate), pool.file(picture), picture.sha256());
                yield verified(picture);
            }
        };
    }

    private Decision verified(PooledPicture picture) {
        Path file = pool.file(picture);
        Safety found = safety.check(picture.id(), file);
        if (found.verdict() != Safety.Verdict.UNSAFE) {
            return new Decision.Pooled(picture.with(found));
        }
        Folders.delete(file);
        return new Decision.Unsafe(picture.with(found), new Refusal(picture.source(), Refusal.UNSAFE, found.reason()));
    }

    /** Verifies pictures of the pool again. */
    List<Decision> again(List<Decision> decisions) {
        return all(
                waiting,
                decisions,
                decision -> decision instanceof Decision.Pooled(PooledPicture picture) ? verified(picture) : decision,
                done -> {});
    }

    /** @throws InputException if it is not what was looked at */
    private static void copy(Path from, Path to, String sha256) {
        AtomicFile.write(to, out -> Files.copy(from, out));
        if (!Sha256.of(to).equals(sha256)) {
            Folders.delete(to);
            throw new InputException(
                    from + " is another file than the one that was looked at: it was changed meanwhile,"
                            + " or is another on a machine of the cluster. Begin again in a new folder");
        }
    }

    /**
     * One piece of work for each of a list. What fails ends the call once all of them are done; what {@code heard} throws, or an
     * interrupt, at once: one picture may take half a minute.
     *
     * @param heard is told again and again how many are done, within a piece of work too
     */
    static <T, R> List<R> all(ExecutorService workers, List<T> list, Function<T, R> each, IntConsumer heard) {
        List<Future<R>> work =
                list.stream().map(one -> workers.submit(() -> each.apply(one))).toList();
        try {
            for (int done = 0; done < work.size(); done++) {
                await(work.get(done), done, heard);
            }
            return work.stream().map(IntakeBatch::result).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            work.forEach(one -> one.cancel(true));
        }
    }

    private static void await(Future<?> work, int done, IntConsumer heard) throws InterruptedException {
        while (true) {
            try {
                work.get(HEARD_EVERY_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                heard.accept(done);
            } catch (ExecutionException e) {
                return; // said by its result
            }
        }
    }

    private static <R> R result(Future<R> done) {
        if (done.state() == Future.State.FAILED) {
            throw done.exceptionNow() instanceof RuntimeException ours
                    ? ours
                    : new IllegalStateException(done.exceptionNow());
        }
        return done.resultNow();
    }

    @Override
    public void close() {
        waiting.shutdownNow();
    }
}
