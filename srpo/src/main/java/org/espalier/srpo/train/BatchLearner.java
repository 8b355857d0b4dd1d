package org.espalier.srpo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.tree.Evaluation;
import org.espalier.srpo.tree.QuestionObjective;
import org.espalier.srpo.tree.TreeScorer;
import org.espalier.tensor.NativeThreads;

/**
 * The gradient of a batch of questions. Where single products are so small that they cannot keep several processors
 * busy, questions are computed side by side, each on one. Gradients are added up in the order of the questions, so that
 * the number of processors changes nothing.
 */
final class BatchLearner implements AutoCloseable {
    /** Floating-point operations: about two milliseconds on one core. */
    private static final long SMALL_PRODUCT = 200_000_000;

    private final TreeScorer scorer;
    private final TextShape shape;
    private final ExecutorService workers;

    BatchLearner(VisionLanguageModel model) {
        this.scorer = new TreeScorer(model);
        this.shape = model.decoder().shape();
        this.workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("learn-", 0).factory());
    }

    /** One question of a batch, and what its pictures look like. */
    record Job(QuestionObjective objective, List<PictureInput> pictures, Optional<Tensor> seen) {}

    /** Adds {@code scale} times the gradient of each question to {@code sum}. */
    Evaluation learn(List<Job> jobs, Adapter adapter, double scale, Gradients sum) {
        boolean small = jobs.stream().allMatch(this::small);
        Evaluation total = Evaluation.ZERO;
        if (!small) {
            for (Job job : jobs) {
                total = total.plus(learn(job, adapter, scale, sum));
            }
            return total;
        }
        List<Gradients> own = new ArrayList<>();
        try (NativeThreads single = NativeThreads.single()) {
            List<Future<Evaluation>> running = new ArrayList<>();
            for (Job job : jobs) {
                Gradients mine = new Gradients(adapter.parameters());
                own.add(mine);
                running.add(workers.submit(() -> learn(job, adapter, scale, mine)));
            }
            List<Evaluation> done = all(running);
            own.forEach(sum::add);
            return done.stream().reduce(Evaluation.ZERO, Evaluation::plus);
        } finally {
            own.forEach(Gradients::close);
        }
    }

    private Evaluation learn(Job job, Adapter adapter, double scale, Gradients into) {
        return job.objective()
                .learn(
                        scorer,
                        job.pictures(),
                        job.seen(),
                        adapter.collecting(into),
                        scale,
                        QuestionObjective.Mode.TREE);
    }

    private boolean small(Job job) {
        return 2L * job.objective().tree().tokens() * shape.hidden() * shape.feedForward() < SMALL_PRODUCT;
    }

    /** Waits for every one, also where one failed: what they use is about to be freed. */
    private static List<Evaluation> all(List<Future<Evaluation>> running) {
        List<Evaluation> done = new ArrayList<>();
        Optional<Throwable> failure = Optional.empty();
        boolean interrupted = false;
        for (Future<Evaluation> one : running) {
            while (true) {
                try {
                    done.add(one.get());
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    failure = failure.or(() -> Optional.ofNullable(e.getCause()));
                    break;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        failure.ifPresent(cause -> {
            switch (cause) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(cause);
            }
        });
        return done;
    }

    @Override
    public void close() {
        workers.close();
    }
}
