package org.espalier.model.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.espalier.core.Continuation;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.family.PictureInput;
import org.espalier.model.grammar.Automaton;
import org.espalier.model.grammar.Grammar;
import org.espalier.model.grammar.Vocabulary;
import org.espalier.model.internal.batch.FrozenDecoder;
import org.espalier.model.internal.batch.OpenBatch;
import org.espalier.model.internal.batch.SharedPrompt;

/**
 * A model that answers callers who come and go: one thread owns the batch, which answers join as they are asked for and
 * leave as they end (continuous batching: Yu et al. 2022, Orca). Which numbers choose an answer's tokens depends on its ask
 * alone, as {@link LocalModel#sample} draws them. Thread-safe; closing it fails what is unanswered.
 */
public final class ContinuousBatching implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ContinuousBatching.class.getName());

    /** Tokens of prompts, each as long as the longest, that are read between two steps: answers under way wait for them. */
    private static final int PROMPT_TOKENS = 4096;
    /** Steps of one variant's answers while another's wait. */
    private static final int STEPS = 8;

    private static final long FEATURES = 256L << 20;
    private static final long LOOK_MILLIS = 100;

    private final LoadedModel loaded;
    private final int places;
    private final Runnable stepped;
    private final AnswerTokens tokens;
    private final Map<String, OpenBatch> batches = new LinkedHashMap<>();
    private final BlockingDeque<Waiting> queue = new LinkedBlockingDeque<>();
    private final Thread thread;
    private Optional<Vocabulary> vocabulary = Optional.empty();
    private volatile boolean closing;

    /**
     * What somebody wants.
     *
     * @param variant names the adapter
     * @param request one answer a draw
     * @param likeliest of the likeliest tokens, how many are told beside each; empty where no tokens are told
     * @param grammar that the answers keep to; empty where they may be any text
     */
    public record Ask(
            String variant,
            Sampler.Request request,
            Sampling sampling,
            OptionalInt likeliest,
            Optional<Grammar> grammar) {}

    /** Hears what becomes of an ask; called on the thread that computes, which must not wait. */
    public interface Listener {
        /** The next piece of an answer's text, in whole characters, and the tokens that begin in it. */
        void said(int choice, String piece, List<GeneratedToken> tokens);

        /** @param tokens of the answer, an end token included */
        void ended(int choice, Continuation.End end, int tokens);

        /**
         * Of all answers of the ask; may be called once an answer.
         *
         * @param why {@link org.espalier.core.UnusableModelException} where the model has no probabilities, {@link
         *     CancellationException} where it was closed
         */
        void failed(RuntimeException why);

        /** Whether nobody listens any more: then it hears nothing further, and its places are free after the next step. */
        boolean left();
    }

    /** An ask whose prompt was encoded. */
    public static final class Prepared {
        private final Ask ask;
        private final SharedPrompt prompt;
        private final Map<Path, PictureInput> pictures;
        private final Optional<Automaton> automaton;

        private Prepared(
                Ask ask, SharedPrompt prompt, Map<Path, PictureInput> pictures, Optional<Automaton> automaton) {
            this.ask = ask;
            this.prompt = prompt;
            this.pictures = pictures;
            this.automaton = automaton;
        }

        /** Tokens of prompt and stem. */
        public int tokens() {
            return prompt.length();
        }

        /** Positions that prompt and stem take. */
        public long positions() {
            return prompt.position(prompt.stem().length);
        }
    }

    private record Waiting(Prepared prepared, Listener listener) {
        int choices() {
            return prepared.ask.request().draws().size();
        }
    }

    private ContinuousBatching(LoadedModel loaded, Map<String, Deltas> variants, int places, Runnable stepped) {
        if (places < 1) {
            throw new IllegalArgumentException("no answers are decoded together");
        }
        this.loaded = loaded;
        this.places = places;
        this.stepped = stepped;
        this.tokens = AnswerTokens.of(loaded);
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        this.thread = Thread.ofPlatform().name("generation").daemon().start(() -> run(Map.copyOf(variants), started));
        try {
            started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Starts. Model and adapters stay with their owner, who closes them after this.
     *
     * @param variants adapters by their names, {@link Deltas#NONE} for the model itself; taken as they are now
     * @param places answers that are decoded together at most; further ones wait
     * @param stepped called on the thread that computes, which must not wait, once all listeners were told what a step
     *     brought: what costs as much for one of them as for all is better done here
     */
    public static ContinuousBatching start(
            LoadedModel loaded, Map<String, Deltas> variants, int places, Runnable stepped) {
        return new ContinuousBatching(loaded, variants, places, stepped);
    }

    /** Positions of prompt and answer together. */
    public int maxPositions() {
        return loaded.config().maxPositions();
    }

    /**
     * Looks at an ask's pictures and encodes its words, on the caller's thread.
     *
     * @throws InputException if a picture cannot be used, or a text is longer than any model reads
     */
    public Prepared prepare(Ask ask) {
        Map<Path, PictureInput> pictures = new HashMap<>();
        List<PictureInput> shown = ChatFormat.images(ask.request().conversation()).stream()
                .map(file -> pictures.computeIfAbsent(file, loaded.folder()::picture))
                .toList();
        return new Prepared(
                ask,
                PromptEncoder.prompt(
                        loaded,
                        ask.request(),
                        ask.request().draws(),
                        shown,
                        ask.sampling().seed()),
                pictures,
                ask.grammar().map(grammar -> new Automaton(grammar, vocabulary())));
    }

    /** Made when somebody first asks for it: with a large vocabulary it takes a moment, and most callers never do. */
    private synchronized Vocabulary vocabulary() {
        Vocabulary made = vocabulary.orElseGet(
                () -> new Vocabulary(loaded.tokenizer(), loaded.config().text().vocabulary()));
        vocabulary = Optional.of(made);
        return made;
    }

    /**
     * Has an ask answered, after those that came before.
     *
     * @throws InputException if its prompt leaves no room for an answer
     * @throws IllegalArgumentException if there is no such variant, or more answers are wanted than there are places
     */
    public void submit(Prepared prepared, Listener listener) {
        Waiting waiting = new Waiting(prepared, listener);
        if (!batches.containsKey(prepared.ask.variant()) || waiting.choices() < 1 || waiting.choices() > places) {
            throw new IllegalArgumentException(waiting.choices() + " answers of " + prepared.ask.variant());
        }
        prepared.prompt.check(
                loaded.config().maxPositions(), loaded.config().text().vocabulary());
        queue.add(waiting);
        if (closing) {
            failWaiting();
        }
    }

    private void run(Map<String, Deltas> variants, CompletableFuture<Boolean> started) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                VariantPictures features = new VariantPictures(loaded, FEATURES, variants)) {
            variants.forEach((name, deltas) -> batches.put(
                    name,
                    new OpenBatch(
                            loaded.model(),
                            FrozenDecoder.of(loaded.model(), deltas),
                            tokens.ends(),
                            tokens.impossible())));
            started.complete(true);
            while (!closing) {
                await();
                admit(features);
                batches.values().forEach(this::advance);
            }
        } catch (RuntimeException | Error e) {
            started.completeExceptionally(e);
            LOG.log(System.Logger.Level.ERROR, "generation ended", e);
        } finally {
            closing = true;
            batches.values().forEach(batch -> batch.fail(closed()));
            failWaiting();
        }
    }

    private static CancellationException closed() {
        return new CancellationException("the model was closed");
    }

    private void failWaiting() {
        for (Waiting one = queue.poll(); one != null; one = queue.poll()) {
            one.listener().failed(closed());
        }
    }

    private int running() {
        return batches.values().stream().mapToInt(OpenBatch::size).sum();
    }

    /** For something to do. */
    private void await() {
        try {
            while (running() == 0 && queue.isEmpty() && !closing) {
                Waiting first = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    queue.addFirst(first);
                }
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void admit(VariantPictures features) {
        Map<String, List<Waiting>> joining = new LinkedHashMap<>();
        int taken = running();
        int longest = 0;
        int prompts = 0;
        for (Waiting one = queue.peek(); one != null; one = queue.peek()) {
            longest = Math.max(longest, one.prepared().tokens());
            boolean fits = taken + one.choices() <= places
                    && (prompts == 0 || (long) longest * (prompts + 1) <= PROMPT_TOKENS);
            if (!fits && !one.listener().left()) {
                break;
            }
            queue.remove();
            if (!one.listener().left()) {
                taken += one.choices();
                prompts++;
                joining.computeIfAbsent(one.prepared().ask.variant(), variant -> new ArrayList<>())
                        .add(one);
            }
        }
        joining.forEach(
                (variant, all) -> join(Objects.requireNonNull(batches.get(variant)), all, features.of(variant)));
        features.trim();
    }

    private void join(OpenBatch batch, List<Waiting> all, PictureFeatures features) {
        try (PointerScope scope = new PointerScope()) {
            List<OpenBatch.Group> groups = new ArrayList<>();
            List<Waiting> joining = new ArrayList<>();
            for (Waiting one : all) {
                group(one, features).ifPresent(group -> {
                    groups.add(group);
                    joining.add(one);
                });
            }
            if (!groups.isEmpty()) {
                guarded(batch, joining, () -> batch.join(groups));
                stepped.run();
            }
        }
    }

    private Optional<OpenBatch.Group> group(Waiting one, PictureFeatures features) {
        Prepared prepared = one.prepared();
        Ask ask = prepared.ask;
        try {
            PictureFeatures.Shown shown = features.of(
                    ChatFormat.images(ask.request().conversation()),
                    file -> Objects.requireNonNull(prepared.pictures.get(file)));
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < one.choices(); i++) {
                drafts.add(new Draft(
                        i,
                        ask,
                        loaded.tokenizer(),
                        one.listener(),
                        prepared.automaton.map(Automaton::text),
                        tokens.ends()));
            }
            return Optional.of(
                    new OpenBatch.Group(prepared.prompt.with(shown.features()), List.<OpenBatch.Member>copyOf(drafts)));
        } catch (RuntimeException e) {
            one.listener().failed(e);
            return Optional.empty();
        }
    }

    private void advance(OpenBatch batch) {
        if (batch.size() > 0) {
            int[] steps = {0};
            guarded(
                    batch,
                    List.of(),
                    () -> batch.run(() -> {
                        stepped.run();
                        return closing || nextFits() || (++steps[0] >= STEPS && running() > batch.size());
                    }));
        }
    }

    private boolean nextFits() {
        Waiting next = queue.peek();
        return next != null && running() + next.choices() <= places;
    }

    /** What goes wrong in a batch, memory or a stack that is used up for example, ends its answers and no others. */
    private void guarded(OpenBatch batch, List<Waiting> joining, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            LOG.log(System.Logger.Level.ERROR, "a batch failed", e);
            RuntimeException why = e instanceof RuntimeException known ? known : new IllegalStateException(e);
            joining.forEach(one -> one.listener().failed(why));
            batch.fail(why);
        }
    }

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
