package org.espalier.model.internal.batch;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.Seed;
import org.espalier.model.family.PromptPositions;

/**
 * A prompt, and where the sequences that continue it start.
 *
 * @param name of the question, for messages
 * @param ids everything up to the answer
 * @param positions of the prompt
 * @param features of the prompt's pictures, {@code [tokens, hidden]}
 * @param stem the beginning of an answer; sequences start somewhere on it
 */
public record SharedPrompt(
        String name, int[] ids, PromptPositions positions, Optional<Tensor> features, int[] stem, List<Start> starts) {
    /**
     * Where a sequence starts.
     *
     * @param cut tokens of the stem before it
     * @param seed of the numbers that choose its tokens
     */
    public record Start(int cut, Seed seed) {}

    public SharedPrompt {
        starts = List.copyOf(starts);
    }

    /** The same with its pictures' features. */
    public SharedPrompt with(Optional<Tensor> seen) {
        return new SharedPrompt(name, ids, positions, seen, stem, starts);
    }

    /** The same with other starts. */
    SharedPrompt with(List<Start> others) {
        return new SharedPrompt(name, ids, positions, features, stem, others);
    }

    /** Tokens of prompt and stem. */
    public int length() {
        return ids.length + stem.length;
    }

    /** The position of the stem's token of that number, in all three rows. */
    public long position(int stemToken) {
        return positions.next() + stemToken;
    }

    /**
     * Checks everything native code relies on.
     *
     * @throws InputException if there is no room for an answer or the stem holds no tokens of this model
     */
    public void check(int maxPositions, int vocabulary) {
        if (position(stem.length) + 1 > maxPositions) {
            throw new InputException("The question " + name + " takes " + position(stem.length)
                    + " positions of the " + maxPositions
                    + " the model was made for and leaves no room for an answer: show smaller or fewer pictures, or"
                    + " fewer solved examples.");
        }
        for (int id : stem) {
            if (id < 0 || id >= vocabulary) {
                throw new InputException("The beginning of the answer to " + name + " holds the token " + id
                        + ", but this model has " + vocabulary + ": it was made by another model.");
            }
        }
        for (Start start : starts) {
            if (start.cut() < 0 || start.cut() > stem.length) {
                throw new InputException("A continuation of " + name + " is to start after " + start.cut()
                        + " tokens of a text that has " + stem.length + ".");
            }
        }
    }
}
