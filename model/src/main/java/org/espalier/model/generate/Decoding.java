package org.espalier.model.generate;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.Rope;
import org.espalier.tensor.NativeThreads;
import org.espalier.tensor.Placement;

/**
 * Decodes rows together, a token a step. A row that has ended idles along until a good part of the rows do; then the
 * others close ranks and prompts that nobody continues are forgotten.
 */
final class Decoding implements AutoCloseable {
    private final FrozenDecoder frozen;
    private final PrefixCache prefixes;
    private final List<Group> groups;
    private final RowCache written;
    private List<Row> rows;
    /** The numbers of the groups whose prompts are still held, ascending. */
    private List<Integer> held;

    /** @param rows have chosen their first token from what {@code prefixes} was filled with, and go on */
    Decoding(FrozenDecoder frozen, PrefixCache prefixes, List<Group> groups, List<Row> rows) {
        this.frozen = frozen;
        this.prefixes = prefixes;
        this.groups = groups;
        this.rows = rows;
        this.held = IntStream.range(0, groups.size()).boxed().toList();
        this.written = new RowCache(frozen.decoder().shape(), frozen.decoder().placement(), rows.size());
    }

    /** Runs until all rows have ended. {@code choose} gives each row its next token from its hidden state. */
    void run(BiConsumer<Tensor, List<Row>> choose) {
        long first = rows.stream().mapToLong(this::position).min().orElseThrow();
        long last =
                rows.stream().mapToLong(row -> position(row) + row.room()).max().orElseThrow();
        Rope table = table(first, last);
        while (!rows.isEmpty()) {
            forgetEndedGroups();
            try (PointerScope layout = new PointerScope();
                    NativeThreads threads = frozen.threads(rows.size())) {
                CachedAttention attention = new CachedAttention(placement().attention(), sharedPrefix(), written);
                do {
                    try (PointerScope step = new PointerScope()) {
                        choose.accept(step(attention, table, first), rows);
                    }
                } while (worthGoingOn());
            }
            closeRanks();
        }
    }

    private Placement placement() {
        return frozen.decoder().placement();
    }

    private Rope table(long first, long last) {
        long[] row = LongStream.rangeClosed(first, last).toArray();
        return Rope.of(frozen.decoder().shape(), new long[][] {row, row, row}, placement());
    }

    private Tensor step(CachedAttention attention, Rope table, long first) {
        written.advance();
        long[] last = rows.stream().mapToLong(Row::last).toArray();
        long[] places = rows.stream().mapToLong(row -> position(row) - first).toArray();
        Tensor positions = placement().indices(places, places.length);
        Rope rope = new Rope(table.cos().index_select(0, positions), table.sin().index_select(0, positions));
        Tensor embedded = frozen.decoder().embed(placement().indices(last, last.length));
        return frozen.decoder().forward(embedded, rope, attention, frozen.deltas());
    }

    /** Of the newest token of a row. */
    private long position(Row row) {
        return groups.get(row.group()).position(row.cut() + row.length() - 1);
    }

    private SharedPrefix sharedPrefix() {
        int[] group = rows.stream().mapToInt(row -> held.indexOf(row.group())).toArray();
        int[] visible = rows.stream()
                .mapToInt(row -> groups.get(row.group()).prompt().length + row.cut())
                .toArray();
        int headsPerKey =
                frozen.decoder().shape().heads() / frozen.decoder().shape().keyValueHeads();
        return new SharedPrefix(prefixes, group, visible, headsPerKey);
    }

    private boolean worthGoingOn() {
        long active = rows.stream().filter(row -> !row.ended()).count();
        return active > 0 && active * 4 > rows.size() * 3L;
    }

    private void closeRanks() {
        long[] active = IntStream.range(0, rows.size())
                .filter(i -> !rows.get(i).ended())
                .asLongStream()
                .toArray();
        if (active.length < rows.size() && active.length > 0) {
            written.keep(active);
        }
        rows = rows.stream().filter(row -> !row.ended()).toList();
    }

    private void forgetEndedGroups() {
        List<Integer> needed = rows.stream().map(Row::group).distinct().toList();
        if (needed.size() < held.size()) {
            prefixes.keep(needed.stream().mapToLong(held::indexOf).toArray());
            held = needed;
        }
    }

    @Override
    public void close() {
        written.close();
    }
}
