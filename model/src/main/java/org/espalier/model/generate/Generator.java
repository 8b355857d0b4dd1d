package org.espalier.model.generate;

import static org.bytedeco.pytorch.global.torch.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.NativeThreads;

/**
 * Writes many continuations of some prompts as one batch. Every prompt is read once; from then on all rows write a token
 * at a time.
 *
 * @param ends tokens that end an answer
 */
record Generator(VisionLanguageModel model, FrozenDecoder frozen, Set<Integer> ends) {
    Generator {
        ends = Set.copyOf(ends);
    }

    /**
     * Continues every row of every group until it ends or has as many tokens as were asked for or as fit the model.
     *
     * @param watch makes the watcher of one row
     * @return for each group what its rows wrote, in order
     */
    List<List<Written>> generate(List<Group> groups, Sampling sampling, Supplier<Row.Watch> watch) {
        List<Row> rows = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            group.check(model.config().maxPositions(), frozen.decoder().shape().vocabulary());
            for (Group.Start start : group.rows()) {
                long room = model.config().maxPositions() - group.position(start.cut());
                rows.add(new Row(g, start, (int) Math.min(sampling.maxTokens(), room), watch.get()));
            }
        }
        if (!rows.isEmpty()) {
            write(groups, rows, new TokenSampler(sampling, model.placement()));
        }
        List<List<Written>> written = new ArrayList<>();
        groups.forEach(group -> written.add(new ArrayList<>()));
        rows.forEach(row -> written.get(row.group()).add(row.written()));
        return written;
    }

    private void write(List<Group> groups, List<Row> rows, TokenSampler sampler) {
        int longest = groups.stream().mapToInt(Group::length).max().orElseThrow();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                PrefixCache prefixes =
                        PrefixCache.empty(frozen.decoder().shape(), model.placement(), groups.size(), longest)) {
            try (NativeThreads threads = frozen.threads(groups.size() * longest)) {
                choose(sampler, new Prefill(model, frozen, prefixes).read(groups), groups, rows);
            }
            List<Row> unended = rows.stream().filter(row -> !row.ended()).toList();
            if (unended.isEmpty()) {
                return;
            }
            try (Decoding decoding = new Decoding(frozen, prefixes, groups, unended)) {
                decoding.run((hidden, active) -> choose(sampler, hidden, groups, active));
            }
        }
    }

    private void choose(TokenSampler sampler, Tensor hidden, List<Group> groups, List<Row> rows) {
        try (PointerScope step = new PointerScope()) {
            long[] numbers = rows.stream().mapToLong(Row::number).toArray();
            TokenSampler.Chosen chosen =
                    sampler.choose(linear(hidden, frozen.decoder().head()), numbers, () -> before(groups, rows));
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                if (!row.ended()) {
                    if (Float.isNaN(chosen.logprobs()[i])) {
                        throw new InputException("The model has no probabilities for the answer to "
                                + groups.get(row.group()).name()
                                + " (NaN): its weights or its adapter hold damaged or far too large numbers.");
                    }
                    int id = Math.toIntExact(chosen.tokens()[i]);
                    row.write(id, chosen.logprobs()[i], ends.contains(id));
                }
            }
        }
    }

    /** What stands before each row's next token, all as long as the longest: shorter ones repeat their first token. */
    private Tensor before(List<Group> groups, List<Row> rows) {
        List<int[]> each =
                rows.stream().map(row -> row.before(groups.get(row.group()))).toList();
        int longest = each.stream().mapToInt(ids -> ids.length).max().orElseThrow();
        long[] all = new long[each.size() * longest];
        for (int r = 0; r < each.size(); r++) {
            int[] ids = each.get(r);
            for (int i = 0; i < longest; i++) {
                all[r * longest + i] = ids[i < ids.length ? i : 0];
            }
        }
        return model.placement().indices(all, each.size(), longest);
    }
}
