package org.espalier.model.chat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.espalier.core.Turn;

/**
 * How a family of models lays a conversation out in tokens.
 *
 * <p>The tokens of {@link #prompt}, then {@link #answer}, then {@link #end} are those of {@link #training}: an answer is
 * encoded by itself, as the model writes it, whatever stands before it.
 *
 * <p>How many tokens a picture takes is told by a function of its number, from 0, in {@link #images}.
 */
public interface ChatFormat {
    /** The pictures of a conversation in the order in which their tokens stand. */
    static List<Path> images(List<Turn> conversation) {
        return conversation.stream().flatMap(turn -> turn.images().stream()).toList();
    }

    /** Everything up to the answer that is to be written next; the conversation ends with a user turn. */
    PromptTokens prompt(List<Turn> conversation, IntUnaryOperator imageTokens);

    /** A conversation that ends with the assistant's turn, through the end token of that turn. */
    TrainingTokens training(List<Turn> conversation, IntUnaryOperator imageTokens, TrainingTokens.Turns turns);

    /** An answer's tokens, without the end token. */
    int[] answer(String text);

    /** A whole answer's tokens, end token included. */
    default int[] finished(String text) {
        int[] ids = answer(text);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = end();
        return ended;
    }

    /** The token that ends an answer. */
    int end();

    /** The token that holds a picture's place. */
    int image();
}
