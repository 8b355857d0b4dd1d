package org.espalier.bench.run;

import java.io.Serializable;
import java.util.List;
import org.espalier.core.Sampling;
import org.espalier.core.file.Json;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.core.text.StepSplitter;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a benchmark asks.
 *
 * @param paths drawn for each question
 * @param maxTokens new tokens at most, a path
 * @param groupSize questions asked together
 * @param steps what separates the steps of a path
 * @param chainOfThought whether RSBench asks for a chain of thought in words
 * @param decoding where temperature, top-p and top-k come from
 * @param temperature where {@code decoding} is {@link Decoding#SAMPLE}, as are the next two
 * @param topK 0 keeps all
 */
public record BenchSettings(
        @Setting(help = "Paths drawn for each question.", min = 1, max = 10000)
        int paths,

        @Setting(help = "New tokens at most, per path.", min = 1, max = 1048576)
        int maxTokens,

        @Setting(help = "Questions asked together, for speed.", min = 1, max = 100000)
        int groupSize,

        @Setting(help = "What separates the steps of a path.")
        StepSplitter.Style steps,

        @Setting(
                help = "Whether RSBench asks for a chain of thought in words; auto does except of the greenhouse's"
                        + " questions.")
        ChainOfThought chainOfThought,

        @Setting(
                help = "How tokens are chosen: as the model's generation_config.json says, its repetition penalty and"
                        + " min-p included; greedily; or by temperature, top-p and top-k of these settings.")
        Decoding decoding,

        @Setting(help = "Temperature, where decoding is 'sample'.", min = 0, max = 100)
        double temperature,

        @Setting(help = "Share of probability that is kept, where decoding is 'sample'.", above = 0, max = 1)
        double topP,

        @Setting(help = "Tokens that are kept, where decoding is 'sample'; 0 keeps all.", min = 0, max = 1000000)
        int topK)
        implements Serializable {
    public static final BenchSettings PAPER = new BenchSettings(
            1, // ours: one path a question, as a benchmark asks once
            512, // as in exploration
            32, // ours: changes the speed, not the result
            StepSplitter.Style.AUTO, // as in exploration
            ChainOfThought.AUTO, // paper: RSBench judges "CoT reasoning paths"; the wording is ours
            Decoding.MODEL, // paper: "default settings for each model"
            0.5, // only where decoding is 'sample', as the next two
            1,
            0);

    public static final BenchSettings RPO = new BenchSettings(
            1,
            512,
            32,
            StepSplitter.Style.NEWLINE,
            ChainOfThought.AUTO,
            Decoding.MODEL,
            0.5,
            1,
            0); // as in exploration

    /** @throws org.espalier.core.InputException if a number is out of its range */
    public BenchSettings {
        SettingKey.check(
                BenchSettings.class,
                paths,
                maxTokens,
                groupSize,
                steps,
                chainOfThought,
                decoding,
                temperature,
                topP,
                topK);
    }

    /** The same, with tokens chosen in another way. */
    public BenchSettings decoding(Decoding other) {
        return new BenchSettings(paths, maxTokens, groupSize, steps, chainOfThought, other, temperature, topP, topK);
    }

    /** The same with other lengths. */
    public BenchSettings withMaxTokens(int tokens) {
        return new BenchSettings(paths, tokens, groupSize, steps, chainOfThought, decoding, temperature, topP, topK);
    }

    /** Values of these settings; an endpoint asked for its model's own is sent none. */
    public Sampling sampling(int tokens, long seed) {
        return switch (decoding) {
            case MODEL -> Sampling.at(1, tokens, seed);
            case GREEDY -> Sampling.at(0, tokens, seed);
            case SAMPLE -> new Sampling(temperature, topP, topK, tokens, List.of(), seed);
        };
    }

    /** How tokens are chosen, for the protocol: the model's own settings count as one way, whatever they are. */
    public ObjectNode protocol(int tokens) {
        ObjectNode out = Json.object().put("max_tokens", tokens);
        return switch (decoding) {
            case MODEL -> out.put("as", "the model's own settings");
            case GREEDY -> out.put("as", "greedy");
            case SAMPLE ->
                out.put("as", "sampled")
                        .put("temperature", temperature)
                        .put("top_p", topP)
                        .put("top_k", topK);
        };
    }

    /** Whether a chain of thought is asked for. */
    public enum ChainOfThought {
        /** Except of the greenhouse's own questions, whose models reason without being asked to. */
        AUTO,
        ON,
        OFF
    }

    /** How tokens are chosen. */
    public enum Decoding {
        /** As the model's own {@code generation_config.json} says. */
        MODEL,
        /** Always the likeliest. */
        GREEDY,
        /** As the settings say. */
        SAMPLE
    }
}
