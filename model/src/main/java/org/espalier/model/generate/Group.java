package org.espalier.model.generate;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.family.PromptPositions;

/**
 * Rows that continue one prompt.
 *
 * @param name of the question, for messages
 * @param prompt everything up to the answer
 * @param positions of the prompt
 * @param seen what the prompt's pictures look like, {@code [tokens, hidden]}
 * @param stem the beginning of an answer; rows start somewhere on it
 */
record Group(
        String name, int[] prompt, PromptPositions positions, Optional<Tensor> seen, int[] stem, List<Start> rows) {
    /**
     * Where a row starts.
     *
     * @param cut tokens of the stem before it
     * @param stream names its numbers: {@link TokenNumbers#stream}
     */
    record Start(int cut, long stream) {}

    Group {
        rows = List.copyOf(rows);
    }

    /** Tokens of prompt and stem. */
    int length() {
        return prompt.length + stem.length;
    }

    /** The position of the stem's token of that number, in all three rows. */
    long position(int stemToken) {
        return positions.next() + stemToken;
    }

    /**
     * Checks everything native code relies on.
     *
     * @throws InputException if there is no room for an answer or the stem holds no tokens of this model
     */
    void check(int maxPositions, int vocabulary) {
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
        for (Start row : rows) {
            if (row.cut() < 0 || row.cut() > stem.length) {
                throw new InputException("A continuation of " + name + " is to start after " + row.cut()
                        + " tokens of a text that has " + stem.length + ".");
            }
        }
    }
}
