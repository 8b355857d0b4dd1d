package org.espalier.lab.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.lab.model.Equality;
import org.espalier.lab.model.Size;

/** A measurement as rows of a Markdown table, beside what other programs did with the same shape on one H100 of 80 GB. */
public final class GpuRows {
    /** Of {@code perf/RESULTS.md}. */
    public static final String HEAD =
            "| Qwen2.5-VL-7B's shape, random weights, bfloat16, LoRA of rank 8 | Espalier | others |";

    private static final String NONE = "–";

    /** What others did, by the row's first words; medians, two figures where there were two runs. */
    private static final Map<String, String> OTHERS = Map.of(
            "tree, 672²", "transformers with one packed tree: 0.38 and 0.33 s, 37.4 GiB",
            "pairwise, 672²", "transformers, two at a time: 2.11 and 1.49 s, 30.6 GiB",
            "at-once, 672²", "transformers: out of memory",
            "tree, 1036²", "transformers with one packed tree: 0.53 s, 44.5 GiB",
            "pairwise, 1036²", "transformers, two at a time: 3.01 s, 43.9 GiB",
            "at-once, 1036²", "transformers: out of memory",
            "sampling, 8 rows", "vLLM 0.24: 1,229 tokens/s; transformers: 151",
            "sampling, 32 rows", "vLLM 0.24: 4,770 tokens/s; transformers: 451",
            "sampling, 64 rows", "vLLM 0.24: 8,568 tokens/s",
            "ready", "vLLM 0.24: 105 s");

    private GpuRows() {}

    /** All of a measurement. */
    public static List<String> of(GpuOutcome outcome) {
        boolean known = outcome.size().equals(Size.SEVEN_BILLION.name());
        List<String> rows = new ArrayList<>();
        outcome.training().forEach(row -> rows.add(row(row.way() + ", " + row.side() + "²", training(row), known)));
        outcome.sampling().forEach(row -> rows.add(row("sampling, " + row.rows() + " rows", sampled(row), known)));
        GpuOutcome.Ready ready = outcome.ready();
        rows.add(row(
                "ready",
                text(
                        "%.1f s: %.1f until it computes, %.1f for weights (drawn), %.1f for a first token",
                        ready.seconds(), ready.device(), ready.weights(), ready.token()),
                known));
        outcome.equality().forEach(row -> rows.add(row("float32, " + row.model(), equality(row), known)));
        return rows;
    }

    private static String row(String name, String ours, boolean known) {
        return "| " + name + " | " + ours + " | " + (known ? OTHERS.getOrDefault(name, NONE) : NONE) + " |";
    }

    private static String training(GpuOutcome.Training row) {
        return row.done()
                ? text(
                        "%.3f s, %.1f GiB, %,d tokens; log-probabilities within %.2g of the tree's",
                        row.seconds(), row.memory() / 1024.0, row.tokens(), row.logprobs())
                : "out of memory";
    }

    private static String sampled(GpuOutcome.Sampled row) {
        return text("%,.0f tokens/s, %.2f ms a step", row.tokensPerSecond(), 1000 * row.seconds() / row.tokens());
    }

    private static String equality(Equality row) {
        return text(
                "log-probabilities within %.2g, gradients %.2g, %,d of %,d tokens equal",
                row.logprobs(), row.gradient(), row.sameTokens(), row.tokens());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
