package org.espalier.model.internal.batch;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    private final List<SharedPrompt> prompts;
    private final SequenceCache own;
    private List<Sequence> sequences;
    /** The numbers of the prompts that are still held, ascending. */
    private List<Integer> held;

    /** @param sequences have chosen their first token from what {@code prefixes} was filled with */
    Decoding(FrozenDecoder frozen, PrefixCache prefixes, List<SharedPrompt> prompts, List<Sequence> sequences) {
        this.frozen = frozen;
        this.prefixes = prefixes;
        this.prompts = prompts;
        this.sequences = sequences;
        this.held = IntStream.range(0, prompts.size()).boxed().toList();
        this.own = new SequenceCache(frozen.decoder().shape(), frozen.decoder().placement(), sequences.size());
    }

    /** Runs until all sequences have ended. {@code choose} gives each sequence its next token from its hidden state. */
    void run(BiConsumer<Tensor, List<Sequence>> choose) {
        long first = sequences.stream().mapToLong(this::position).min().orElseThrow();
        long last = sequences.stream()
                .mapToLong(sequence -> position(sequence) + sequence.room())
                .max()
                .orElseThrow();
        Rope table = table(first, last);
        while (!sequences.isEmpty()) {
            dropEndedPrompts();
            try (PointerScope layout = new PointerScope();
                    NativeThreads threads = frozen.threads(sequences.size())) {
                CachedAttention attention = new CachedAttention(placement().attention(), sharedPrefix(), own);
                do {
                    try (PointerScope step = new PointerScope()) {
                        choose.accept(step(attention, table, first), sequences);
                    }
                } while (mostContinue());
            }
            compact();
        }
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
        return prompts.get(sequence.prompt()).position(sequence.cut() + sequence.length() - 1);
    }

    private SharedPrefix sharedPrefix() {
        int[] promptOf = sequences.stream()
                .mapToInt(sequence -> held.indexOf(sequence.prompt()))
                .toArray();
        int[] visible = sequences.stream()
                .mapToInt(sequence -> prompts.get(sequence.prompt()).ids().length + sequence.cut())
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
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
