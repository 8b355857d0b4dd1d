package org.espalier.model.internal.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.Continuation.End;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.internal.cache.PrefixCache;
import org.espalier.model.internal.token.TokenSampler;
import org.espalier.tensor.NativeThreads;

/**
 * A batch that sequences join and leave between any two steps (continuous batching: Yu et al. 2022, Orca). Each is sampled
 * in its own way, by its own numbers. Used by one thread.
 */
public final class OpenBatch implements AutoCloseable {
    private final VisionLanguageModel model;
    private final FrozenDecoder frozen;
    private final Set<Integer> ends;
    private final Set<Integer> impossible;
    private final Map<Sequence, Inside> inside = new IdentityHashMap<>();
    private Optional<Decoding> decoding = Optional.empty();
    private Optional<PrefixCache> prefixes = Optional.empty();
    /** The number of the next prompt. */
    private int next;

    /** Somebody who wants a sequence; called on the thread that computes. */
    public interface Member extends Sequence.Watch {
        /** How the tokens are chosen, and how many at most. */
        Sampling sampling();

        /** How many of the likeliest tokens are told beside each that is chosen. */
        int likeliest();

        /** Tokens that its text may go on with or end with; empty where any may come. Asked before each token. */
        Optional<BitSet> allowed();

        /** Takes the next token, an end token among them, with its log-probability at temperature 1. */
        void took(int id, double logprob, List<Candidate> likeliest);

        /** Called once, unless it {@link #left}. */
        void ended(End end);

        /** Called instead of {@link #ended} where there is no next token. */
        void failed(RuntimeException why);

        /** Whether it wants no more tokens; asked after each step. */
        boolean left();
    }

    /** A token that could have been chosen, and its log-probability at temperature 1. */
    public record Candidate(int id, double logprob) {}

    /** A prompt and who continues it: one member a start. */
    public record Group(SharedPrompt prompt, List<Member> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    private record Inside(Member member, SharedPrompt prompt, Sampling way) {}

    /**
     * Without sequences.
     *
     * @param ends tokens that end an answer
     * @param impossible tokens that no answer holds
     */
    public OpenBatch(VisionLanguageModel model, FrozenDecoder frozen, Set<Integer> ends, Set<Integer> impossible) {
        this.model = model;
        this.frozen = frozen;
        this.ends = Set.copyOf(ends);
        this.impossible = Set.copyOf(impossible);
    }

    /** Sequences that have not ended. */
    public int size() {
        return inside.size();
    }

    /**
     * Reads prompts and chooses the first token of each of their sequences, which are in the batch from then on. Where it
     * throws, the members of these groups have heard nothing of it.
     */
    public void join(List<Group> groups) {
        List<SharedPrompt> prompts = groups.stream().map(Group::prompt).toList();
        List<Sequence> sequences = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            enter(groups.get(g), next + g, sequences);
        }
        int longest = prompts.stream().mapToInt(SharedPrompt::length).max().orElseThrow();
        PrefixCache read = PrefixCache.empty(frozen.decoder().shape(), model.placement(), prompts.size(), longest);
        boolean done = false;
        boolean kept = false;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            try (NativeThreads threads = frozen.threads(prompts.size() * longest)) {
                choose(new Prefill(model, frozen, read).read(prompts), sequences);
            }
            kept = take(
                    read,
                    prompts,
                    sequences.stream().filter(sequence -> !sequence.ended()).toList());
            done = true;
        } finally {
            if (!kept) {
                read.close();
            }
            if (!done) {
                sequences.forEach(inside::remove);
            }
        }
    }

    private void enter(Group group, int number, List<Sequence> sequences) {
        SharedPrompt prompt = group.prompt();
        prompt.check(model.config().maxPositions(), frozen.decoder().shape().vocabulary());
        for (int i = 0; i < group.members().size(); i++) {
            Member member = group.members().get(i);
            Sampling sampling = member.sampling();
            SharedPrompt.Start start = prompt.starts().get(i);
            long room = model.config().maxPositions() - prompt.position(start.cut());
            Sequence sequence = new Sequence(number, start, (int) Math.min(sampling.maxTokens(), room), member);
            inside.put(sequence, new Inside(member, prompt, way(sampling)));
            sequences.add(sequence);
        }
    }

    /** What of a sampling makes a choice another; what is sampled in the same way is chosen together. */
    private static Sampling way(Sampling all) {
        return new Sampling(
                all.temperature(), all.topP(), all.topK(), all.repetitionPenalty(), all.minP(), 1, List.of(), 0);
    }

    /** Whether {@code read} is kept here. */
    private boolean take(PrefixCache read, List<SharedPrompt> prompts, List<Sequence> sequences) {
        if (sequences.isEmpty()) {
            return false;
        }
        boolean first = decoding.isEmpty();
        if (first) {
            decoding = Optional.of(new Decoding(frozen, read, prompts, sequences));
            prefixes = Optional.of(read);
            next = prompts.size();
        } else {
            decoding.get().join(read, next, prompts, sequences);
            next += prompts.size();
        }
        return first;
    }

    /**
     * Gives every sequence its next tokens.
     *
     * @param pause asked after each step; true ends the call, and the next one continues
     */
    public void run(BooleanSupplier pause) {
        dismiss();
        if (decoding.isEmpty()) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            decoding.get().run(this::choose, () -> {
                dismiss();
                return pause.getAsBoolean();
            });
        }
        if (decoding.get().isEmpty()) {
            close();
        }
    }

    /** Ends the sequences of those who left. */
    private void dismiss() {
        inside.entrySet().removeIf(one -> {
            boolean left = one.getValue().member().left();
            if (left) {
                one.getKey().leave();
            }
            return left;
        });
    }

    private void choose(Tensor hidden, List<Sequence> sequences) {
        try (PointerScope step = new PointerScope()) {
            Tensor logits = frozen.decoder().logits(hidden);
            Map<Sampling, List<Integer>> ways = new LinkedHashMap<>();
            for (int row = 0; row < sequences.size(); row++) {
                Inside one = inside.get(sequences.get(row));
                if (one == null) {
                    continue;
                }
                Optional<BitSet> allowed = one.member().allowed();
                if (allowed.isEmpty()) {
                    ways.computeIfAbsent(one.way(), way -> new ArrayList<>()).add(row);
                } else if (allowed.get().isEmpty()) {
                    fail(
                            sequences.get(row),
                            new InputException(
                                    "the model has no token that goes on with the text as the grammar wants it:"
                                            + " its tokenizer cannot spell it"));
                } else {
                    choose(one.way(), List.of(row), logits, sequences, Optional.of(barred(allowed.get())));
                }
            }
            ways.forEach((way, rows) -> choose(way, rows, logits, sequences, Optional.empty()));
        }
    }

    /** What is to be added to a row of logits so that nothing else is chosen. */
    private Tensor barred(BitSet allowed) {
        float[] row = new float[frozen.decoder().shape().vocabulary()];
        Arrays.fill(row, Float.NEGATIVE_INFINITY);
        allowed.stream().filter(id -> id < row.length).forEach(id -> row[id] = 0);
        return model.placement().wide().numbers(row, 1, row.length);
    }

    /** Chooses for the rows that are sampled in one way. */
    private void choose(
            Sampling way, List<Integer> rows, Tensor logits, List<Sequence> sequences, Optional<Tensor> barred) {
        long[] places = rows.stream().mapToLong(Integer::longValue).toArray();
        Tensor theirs = rows.size() == sequences.size()
                ? logits
                : logits.index_select(0, model.placement().indices(places, places.length));
        List<Sequence> chosenFor = rows.stream().map(sequences::get).toList();
        int most = chosenFor.stream()
                .mapToInt(one -> inside(one).member().likeliest())
                .max()
                .orElse(0);
        TokenSampler.Chosen chosen = new TokenSampler(way, model.placement(), impossible)
                .choose(
                        theirs,
                        chosenFor.stream().mapToLong(Sequence::number).toArray(),
                        () -> Generator.before(
                                model.placement(),
                                chosenFor.stream()
                                        .map(one -> one.before(inside(one).prompt()))
                                        .toList()),
                        Math.min(most, frozen.decoder().shape().vocabulary()),
                        barred);
        for (int i = 0; i < chosenFor.size(); i++) {
            take(chosenFor.get(i), chosen, i);
        }
    }

    private void take(Sequence sequence, TokenSampler.Chosen chosen, int row) {
        Inside one = inside(sequence);
        double logprob = chosen.logprobs()[row];
        if (Double.isNaN(logprob)) {
            fail(
                    sequence,
                    new UndefinedProbabilities("The model has no probabilities for this answer (NaN): its weights"
                            + " or its adapter hold what is no number, or far too large ones."));
            return;
        }
        int id = Math.toIntExact(chosen.tokens()[row]);
        sequence.append(id, logprob, ends.contains(id));
        one.member().took(id, logprob, candidates(chosen, row, one.member().likeliest()));
        sequence.end().ifPresent(end -> {
            inside.remove(sequence);
            one.member().ended(end);
        });
    }

    private void fail(Sequence sequence, RuntimeException why) {
        Member member = inside(sequence).member();
        sequence.leave();
        inside.remove(sequence);
        member.failed(why);
    }

    private static List<Candidate> candidates(TokenSampler.Chosen chosen, int row, int most) {
        if (most == 0 || chosen.likeliest().isEmpty()) {
            return List.of();
        }
        TokenSampler.Likeliest all = chosen.likeliest().get();
        List<Candidate> candidates = new ArrayList<>();
        for (int i = row * all.most(); i < row * all.most() + Math.min(most, all.most()); i++) {
            candidates.add(new Candidate(Math.toIntExact(all.tokens()[i]), all.logprobs()[i]));
        }
        return candidates;
    }

    private Inside inside(Sequence sequence) {
        return Objects.requireNonNull(inside.get(sequence));
    }

    /** Ends all sequences, for a reason that their members hear. */
    public void fail(RuntimeException why) {
        List<Member> members = inside.values().stream().map(Inside::member).toList();
        close();
        members.forEach(member -> member.failed(why));
    }

    /** Forgets all sequences, without a word to their members. */
    @Override
    public void close() {
        decoding.ifPresent(Decoding::close);
        prefixes.ifPresent(PrefixCache::close);
        decoding = Optional.empty();
        prefixes = Optional.empty();
        inside.clear();
        next = 0;
    }
}
