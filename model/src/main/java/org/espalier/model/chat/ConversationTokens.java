package org.espalier.model.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Tokens and loss mask of a conversation while a {@link ChatFormat} lays it out, from left to right. */
public final class ConversationTokens {
    private final Tokenizer tokenizer;
    private final List<Path> images = new ArrayList<>();
    private int[] ids = new int[256];
    private boolean[] mask = new boolean[256];
    private int size;

    public ConversationTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Appends a text that is not learned. */
    public ConversationTokens text(String text) {
        return tokens(tokenizer.encode(text), false);
    }

    /** Appends a token that is not learned. */
    public ConversationTokens token(int id) {
        return token(id, false);
    }

    /** Appends a token. */
    public ConversationTokens token(int id, boolean learned) {
        return tokens(new int[] {id}, learned);
    }

    /** Appends tokens. */
    public ConversationTokens tokens(int[] more, boolean learned) {
        if (size + more.length > ids.length) {
            int room = Math.max(2 * ids.length, size + more.length);
            ids = Arrays.copyOf(ids, room);
            mask = Arrays.copyOf(mask, room);
        }
        System.arraycopy(more, 0, ids, size, more.length);
        Arrays.fill(mask, size, size + more.length, learned);
        size += more.length;
        return this;
    }

    /**
     * Appends the places of a picture's tokens.
     *
     * @param place the token that stands in each
     * @param imageTokens how many tokens the conversation's picture of a number takes
     */
    public ConversationTokens image(Path image, int place, IntUnaryOperator imageTokens) {
        int count = imageTokens.applyAsInt(images.size());
        if (count < 1) {
            throw new IllegalArgumentException("the picture " + image + " takes " + count + " tokens");
        }
        images.add(image);
        int[] places = new int[count];
        Arrays.fill(places, place);
        return tokens(places, false);
    }

    /** All of it as a prompt. */
    public PromptTokens prompt() {
        return new PromptTokens(Arrays.copyOf(ids, size), images);
    }

    /** All of it as something to learn from. */
    public TrainingTokens training() {
        return new TrainingTokens(Arrays.copyOf(ids, size), Arrays.copyOf(mask, size), images);
    }
}
