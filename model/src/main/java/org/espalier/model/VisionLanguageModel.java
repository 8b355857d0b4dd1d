package org.espalier.model;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.core.InputException;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.picture.Patches;

/**
 * A multimodal model in memory. One class a family; everything that samples, trains or verifies sees only this.
 * Closing it frees its weights.
 */
public interface VisionLanguageModel extends AutoCloseable {
    Decoder decoder();

    /** Ends an assistant's turn. */
    int endToken();

    /** Stands in a prompt for a token of a picture. */
    int imageToken();

    /** The longest sequence it was made for. */
    int maxPositions();

    /** Number type of its weights. */
    ScalarType type();

    /** Tokens that a processed picture takes in the prompt. */
    int tokens(Patches picture);

    /**
     * What pictures look like to the decoder: their tokens one below the other, {@code [tokens, hidden]}. Pictures of
     * one size are computed together.
     */
    Tensor see(List<Patches> pictures);

    /** Positions of a prompt that holds these pictures. */
    PromptPositions positions(int[] prompt, List<Patches> pictures);

    /** The prompt's embeddings with the pictures' tokens in their places. */
    Tensor embed(int[] ids, Optional<Tensor> seen);

    /** @throws InputException if a tokenizer is not of this model, as far as sizes and the pictures' token tell */
    default void requireOwn(Tokenizer tokenizer, ChatFormat chat) {
        int vocabulary = decoder().shape().vocabulary();
        if (tokenizer.vocabularySize() > vocabulary) {
            throw new InputException("The tokenizer has " + tokenizer.vocabularySize() + " tokens, but the model "
                    + vocabulary + ": tokenizer.json belongs to another model.");
        }
        if (chat.image() != imageToken()) {
            throw new InputException("The tokenizer's token for pictures is " + chat.image() + ", but config.json says "
                    + imageToken() + ": the two files belong to different models.");
        }
    }

    @Override
    void close();
}
