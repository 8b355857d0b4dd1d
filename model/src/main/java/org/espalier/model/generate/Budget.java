package org.espalier.model.generate;

import java.util.OptionalInt;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.family.VisionLanguageModel;

/**
 * How much is decoded together; depends on the model and the call alone, so that the same work is always cut into the
 * same batches.
 *
 * @param sequences continuations
 * @param promptTokens of all prompts, each counted as long as the longest
 */
record Budget(int sequences, int promptTokens) {
    private static final long CACHE_BYTES = 1L << 30;
    private static final long LOGIT_BYTES = 512L << 20;
    /** Logits, probabilities and their sums in float64 are held at a time. */
    private static final int BYTES_PER_LOGIT = 24;

    private static final int MOST_SEQUENCES = 256;

    static Budget of(VisionLanguageModel model, int maxTokens, OptionalInt sequences) {
        TextShape shape = model.decoder().shape();
        long number = model.placement().type().bits() / 8;
        long token = 2L * shape.layers() * shape.keyValueHeads() * shape.headWidth() * number;
        long fit = Math.min(
                CACHE_BYTES / (token * maxTokens), LOGIT_BYTES / ((long) BYTES_PER_LOGIT * shape.vocabulary()));
        return new Budget(sequences.orElse((int) Math.clamp(fit, 8, MOST_SEQUENCES)), (int)
                Math.clamp(CACHE_BYTES / token, 1024, 32768));
    }
}
