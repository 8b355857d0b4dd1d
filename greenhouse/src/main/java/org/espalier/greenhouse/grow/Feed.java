package org.espalier.greenhouse.grow;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.espalier.core.InputException;
import org.espalier.greenhouse.internal.corpus.CorpusItem;
import org.espalier.greenhouse.internal.corpus.LeakCheck;
import org.espalier.greenhouse.internal.corpus.Mixture;
import org.espalier.model.train.TrainingExample;

/** Makes the examples of the next step while a step is computed. No text gets by that the leak check objects to. */
final class Feed implements AutoCloseable {
    /** The examples of one step and what kinds of text they are. */
    record Step(List<CorpusItem.Kind> kinds, List<TrainingExample> examples) {}

    private final Texts texts;
    private final GrowSettings settings;
    private final ExampleMaker maker;
    private final LeakCheck check;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("examples").daemon().factory());
    private CompletableFuture<Step> next;

    Feed(Texts texts, GrowSettings settings, ExampleMaker maker, LeakCheck check, long firstStep) {
        this.texts = texts;
        this.settings = settings;
        this.maker = maker;
        this.check = check;
        this.next = begin(firstStep);
    }

    private CompletableFuture<Step> begin(long step) {
        return CompletableFuture.supplyAsync(() -> make(step), thread);
    }

    /** The examples of a step; they are asked for one step after the other. */
    Step take(long step) {
        try {
            Step made = next.join();
            if (step + 1 < settings.steps()) {
                next = begin(step + 1);
            }
            return made;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Step make(long step) {
        Mixture mixture = settings.mixture(step);
        List<CorpusItem> items = LongStream.range(step * settings.batch(), (step + 1) * settings.batch())
                .mapToObj(n -> checked(n, texts.item(n, mixture)))
                .toList();
        return new Step(
                items.stream().map(CorpusItem::kind).toList(),
                items.stream().map(maker::example).toList());
    }

    private CorpusItem checked(long n, CorpusItem item) {
        List<LeakCheck.Leak> leaks = check.look(item);
        if (!leaks.isEmpty()) {
            LeakCheck.Leak leak = leaks.getFirst();
            throw new InputException("training text " + n + " gives away what only tests may ask ("
                    + leak.kind().name().toLowerCase(java.util.Locale.ROOT) + ": " + leak.what()
                    + "): a model that had read it would prove nothing, so none is written");
        }
        return item;
    }

    @Override
    public void close() {
        thread.close();
    }
}
