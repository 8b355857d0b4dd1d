package org.espalier.model.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.Continuation.End;
import org.espalier.core.Sampling;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.family.PictureInput;
import org.espalier.model.internal.batch.GeneratedTokens;
import org.espalier.model.internal.batch.OpenBatch;
import org.espalier.model.internal.batch.Sequence;
import org.espalier.model.internal.batch.SharedPrompt;
import org.espalier.model.internal.batch.UndefinedProbabilities;

/**
 * Many requests of one call in one batch that is kept full: where a quarter of its places is free, and the next piece fits in,
 * that joins (continuous batching: Yu et al. 2022, Orca). For devices that are idle in a batch whose last few sequences are
 * long. When a piece joins follows from the call alone, so that the same call draws the same again; beside others, the last
 * digits of probabilities differ.
 */
final class RefilledBatch {
    private final LoadedModel loaded;
    private final PictureFeatures pictures;
    private final Budget budget;
    private final Sampling sampling;
    private final Supplier<Sequence.Watch> watch;
    private final OpenBatch batch;
    private final List<Asked> inside = new ArrayList<>();
    private final Map<Batches.Piece, List<GeneratedTokens>> generated = new IdentityHashMap<>();
    private final Iterator<Batches.Piece> pieces;
    private Optional<Asked> next = Optional.empty();

    /**
     * A piece whose prompt was encoded.
     *
     * @param inputs its pictures by their files
     */
    private record Asked(
            Batches.Piece piece, SharedPrompt prompt, Map<Path, PictureInput> inputs, List<Collected> members) {
        List<Path> images() {
            return ChatFormat.images(piece.request().conversation());
        }

        boolean isUnended() {
            return members.stream().anyMatch(member -> member.end.isEmpty());
        }
    }

    /** What a sequence became so far. */
    private static final class Collected implements OpenBatch.Member {
        private final Sampling sampling;
        private final Sequence.Watch watch;
        private final IntStream.Builder ids = IntStream.builder();
        private final List<Double> logprobs = new ArrayList<>();
        private Optional<End> end = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        Collected(Sampling sampling, Sequence.Watch watch) {
            this.sampling = sampling;
            this.watch = watch;
        }

        @Override
        public Sampling sampling() {
            return sampling;
        }

        @Override
        public int likeliest() {
            return 0;
        }

        @Override
        public Optional<BitSet> allowed() {
            return Optional.empty();
        }

        @Override
        public boolean stops(int token) {
            return watch.stops(token);
        }

        @Override
        public void took(int id, double logprob, List<OpenBatch.Candidate> likeliest) {
            ids.add(id);
            logprobs.add(logprob);
        }

        @Override
        public void ended(End how) {
            end = Optional.of(how);
        }

        @Override
        public void failed(RuntimeException why) {
            failure = Optional.of(why);
        }

        @Override
        public boolean left() {
            return false;
        }

        GeneratedTokens generated() {
            return new GeneratedTokens(
                    ids.build().toArray(),
                    logprobs.stream().mapToDouble(Double::doubleValue).toArray(),
                    end.orElseThrow());
        }
    }

    /**
     * Without sequences.
     *
     * @param batch is closed once all has ended, or something went wrong
     * @param watch makes the watcher of one sequence
     */
    RefilledBatch(
            LoadedModel loaded,
            PictureFeatures pictures,
            Budget budget,
            Sampling sampling,
            Supplier<Sequence.Watch> watch,
            OpenBatch batch,
            List<Batches.Piece> pieces) {
        this.loaded = loaded;
        this.pictures = pictures;
        this.budget = budget;
        this.sampling = sampling;
        this.watch = watch;
        this.batch = batch;
        this.pieces = pieces.iterator();
    }

    /** Runs until every piece has ended; where it throws, those that had are {@link #generated} all the same. */
    void run() {
        try (batch) {
            prepare();
            while (next.isPresent() || batch.size() > 0) {
                admit();
                batch.run(() -> refuseFailures() || isRoom());
                refuseFailures();
                gather();
            }
        }
    }

    /** What the sequences of each piece that has ended became, in order. */
    Map<Batches.Piece, List<GeneratedTokens>> generated() {
        return Collections.unmodifiableMap(generated);
    }

    private void prepare() {
        next = Optional.empty();
        if (pieces.hasNext()) {
            Batches.Piece piece = pieces.next();
            Map<Path, PictureInput> inputs = new HashMap<>();
            List<PictureInput> shown = ChatFormat.images(piece.request().conversation()).stream()
                    .map(file -> inputs.computeIfAbsent(file, loaded.folder()::picture))
                    .toList();
            SharedPrompt prompt = PromptEncoder.prompt(loaded, piece.request(), piece.draws(), shown, sampling.seed());
            List<Collected> members = Stream.generate(() -> new Collected(sampling, watch.get()))
                    .limit(piece.draws().size())
                    .toList();
            next = Optional.of(new Asked(piece, prompt, inputs, members));
        }
    }

    /** Lets those join that fit. */
    private void admit() {
        List<Asked> joining = new ArrayList<>();
        while (next.isPresent() && fits(next.get(), joining, 0)) {
            joining.add(next.get());
            prepare();
        }
        if (joining.isEmpty()) {
            return;
        }
        inside.addAll(joining);
        try (PointerScope scope = new PointerScope()) {
            batch.join(joining.stream()
                    .map(one -> new OpenBatch.Group(
                            one.prompt()
                                    .with(pictures.of(
                                                    one.images(),
                                                    file -> Objects.requireNonNull(
                                                            one.inputs().get(file)))
                                            .features()),
                            List.<OpenBatch.Member>copyOf(one.members())))
                    .toList());
        }
        pictures.trim();
    }

    /** Whether it is worth a pause: each makes room for new prompts by copying the others. */
    private boolean isRoom() {
        return next.isPresent() && fits(next.get(), List.of(), budget.sequences() / 4);
    }

    /**
     * Whether a piece can join, beside those that do already. One that is too large by itself joins an empty batch.
     *
     * @param free places that are wanted at least
     */
    private boolean fits(Asked asked, List<Asked> joining, int free) {
        int taken = batch.size()
                + joining.stream().mapToInt(one -> one.members().size()).sum();
        List<Asked> held = Stream.concat(inside.stream().filter(Asked::isUnended), joining.stream())
                .toList();
        if (held.isEmpty()) {
            return true;
        }
        int longest = Stream.concat(held.stream(), Stream.of(asked))
                .mapToInt(one -> one.prompt().length())
                .max()
                .orElseThrow();
        int shown = Stream.concat(joining.stream(), Stream.of(asked))
                .mapToInt(one -> one.images().size())
                .sum();
        return taken + Math.max(free, asked.members().size()) <= budget.sequences()
                && (long) longest * (held.size() + 1) <= budget.promptTokens()
                && shown <= Batches.PICTURES;
    }

    private void gather() {
        inside.stream()
                .filter(one -> !one.isUnended())
                .forEach(one -> generated.put(
                        one.piece(),
                        one.members().stream().map(Collected::generated).toList()));
        inside.removeIf(one -> !one.isUnended());
    }

    /** False, unless it throws. */
    private boolean refuseFailures() {
        for (Asked asked : inside) {
            for (Collected member : asked.members()) {
                member.failure.ifPresent(why -> {
                    throw why instanceof UndefinedProbabilities
                            ? UndefinedProbabilities.of(asked.piece().request().key())
                            : why;
                });
            }
        }
        return false;
    }
}
