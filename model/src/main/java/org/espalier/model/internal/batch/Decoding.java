package org.espalier.model.internal.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Rope;
import org.espalier.model.internal.cache.CachedAttention;
import org.espalier.model.internal.cache.PrefixCache;
import org.espalier.model.internal.cache.SequenceCache;
import org.espalier.model.internal.cache.SharedPrefix;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.Placement;

/**
 * Decodes sequences together, a token a step. One that has ended is computed along with the others until a quarter of them
 * have; then the batch is made smaller, and prompts that no sequence continues are dropped.
 */
final class Decoding implements AutoCloseable {
    private final FrozenDecoder frozen;
    private final PrefixCache prefixes;
    /** By their numbers. */
    private final Map<Integer, SharedPrompt> prompts = new HashMap<>();

    private final SequenceCache own;
    private List<Sequence> sequences;
    /** The numbers of the prompts that are still held, ascending. */
    private List<Integer> held;

    /** @param sequences have chosen their first token from what {@code prefixes} was filled with */
    Decoding(FrozenDecoder frozen, PrefixCache prefixes, List<SharedPrompt> prompts, List<Sequence> sequences) {
        this.frozen = frozen;
        this.prefixes = prefixes;
        this.sequences = sequences;
        this.held = IntStream.range(0, prompts.size()).boxed().toList();
        held.forEach(number -> this.prompts.put(number, prompts.get(number)));
        this.own = new SequenceCache(frozen.decoder().shape(), frozen.decoder().placement(), sequences.size());
    }

    /** Runs until all sequences have ended. {@code choose} gives each sequence its next token from its hidden state. */
    void run(BiConsumer<Tensor, List<Sequence>> choose) {
        run(choose, () -> false);
    }

    /** Runs until all sequences have ended, or {@code pause}, which is asked after each step, says so. */
    void run(BiConsumer<Tensor, List<Sequence>> choose, BooleanSupplier pause) {
        compact();
        if (sequences.isEmpty()) {
            return;
        }
        boolean paused = false;
        long first = sequences.stream().mapToLong(this::position).min().orElseThrow();
        long last = sequences.stream()
                .mapToLong(sequence -> position(sequence) + sequence.room())
                .max()
                .orElseThrow();
        Rope table = table(first, last);
        while (!sequences.isEmpty() && !paused) {
            dropEndedPrompts();
            try (PointerScope layout = new PointerScope();
                    NativeThreads threads = frozen.threads(sequences.size())) {
                CachedAttention attention = new CachedAttention(placement().attention(), sharedPrefix(), own, mask());
                do {
                    try (PointerScope step = new PointerScope()) {
                        choose.accept(step(attention, table, first), sequences);
                    }
                    paused = pause.getAsBoolean();
                } while (!paused && mostContinue());
            }
            compact();
        }
    }

    /**
     * Takes in further sequences, between two runs.
     *
     * @param more filled with their prompts; stays the caller's
     * @param joining their prompts, numbered from {@code first}, which is above all earlier numbers
     * @param begun have chosen their first token
     */
    void join(PrefixCache more, int first, List<SharedPrompt> joining, List<Sequence> begun) {
        compact();
        dropEndedPrompts();
        List<Integer> all = new ArrayList<>(held);
        for (int i = 0; i < joining.size(); i++) {
            prompts.put(first + i, joining.get(i));
            all.add(first + i);
        }
        prefixes.append(
                more,
                all.stream().mapToInt(number -> prompt(number).length()).max().orElse(0));
        own.join(begun.size());
        held = List.copyOf(all);
        sequences = Stream.concat(sequences.stream(), begun.stream()).toList();
    }

    boolean isEmpty() {
        return sequences.isEmpty();
    }

    private SharedPrompt prompt(int number) {
        return Objects.requireNonNull(prompts.get(number));
    }

    private Optional<Tensor> mask() {
        return own.mask(sequences.stream().mapToInt(Sequence::room).max().orElse(0));
    }

    private Placement placement() {
        return frozen.decoder().placement();
    }

    private Rope table(long first, long last) {
        long[] everyAxis = LongStream.rangeClosed(first, last).toArray();
        return Rope.of(frozen.decoder().shape(), new long[][] {everyAxis, everyAxis, everyAxis}, placement());
    }

    private Tensor step(CachedAttention attention, Rope table, long first) {
        own.advance();
        long[] last = sequences.stream().mapToLong(Sequence::last).toArray();
        long[] places = sequences.stream()
                .mapToLong(sequence -> position(sequence) - first)
                .toArray();
        Tensor positions = placement().indices(places, places.length);
        Rope rope = new Rope(table.cos().index_select(0, positions), table.sin().index_select(0, positions));
        Tensor embedded = frozen.decoder().embed(placement().indices(last, last.length));
        return frozen.decoder().forward(embedded, rope, attention, frozen.deltas());
    }

    /** Of the newest token of a sequence. */
    private long position(Sequence sequence) {
        return prompt(sequence.prompt()).position(sequence.cut() + sequence.length() - 1);
    }

    private SharedPrefix sharedPrefix() {
        int[] promptOf = sequences.stream()
                .mapToInt(sequence -> held.indexOf(sequence.prompt()))
                .toArray();
        int[] visible = sequences.stream()
                .mapToInt(sequence -> prompt(sequence.prompt()).ids().length + sequence.cut())
                .toArray();
        int headsPerKey =
                frozen.decoder().shape().heads() / frozen.decoder().shape().keyValueHeads();
        return new SharedPrefix(prefixes, promptOf, visible, headsPerKey);
    }

    private boolean mostContinue() {
        long active = sequences.stream().filter(sequence -> !sequence.ended()).count();
        return active > 0 && active * 4 > sequences.size() * 3L;
    }

    private void compact() {
        long[] active = IntStream.range(0, sequences.size())
                .filter(i -> !sequences.get(i).ended())
                .asLongStream()
                .toArray();
        if (active.length < sequences.size() && active.length > 0) {
            own.keep(active);
        }
        sequences = sequences.stream().filter(sequence -> !sequence.ended()).toList();
    }

    private void dropEndedPrompts() {
        List<Integer> needed =
                sequences.stream().map(Sequence::prompt).distinct().toList();
        if (needed.size() < held.size()) {
            prefixes.keep(needed.stream().mapToLong(held::indexOf).toArray());
            held = needed;
            prompts.keySet().retainAll(needed);
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
