package org.espalier.model.chat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Tokens and loss mask of a conversation, written together. */
final class Layout {
    private final Tokenizer tokenizer;
    private final List<Path> images = new ArrayList<>();
    private int[] ids = new int[256];
    private boolean[] mask = new boolean[256];
    private int size;

    Layout(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    Layout text(String text) {
        return tokens(tokenizer.encode(text), false);
    }

    Layout token(int id) {
        return token(id, false);
    }

    Layout token(int id, boolean learned) {
        return tokens(new int[] {id}, learned);
    }

    Layout tokens(int[] more, boolean learned) {
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

    Layout image(Path image, int pad, IntUnaryOperator imageTokens) {
        int count = imageTokens.applyAsInt(images.size());
        if (count < 1) {
            throw new IllegalArgumentException("the picture " + image + " takes " + count + " tokens");
        }
        images.add(image);
        int[] pads = new int[count];
        Arrays.fill(pads, pad);
        return tokens(pads, false);
    }

    Prompt prompt() {
        return new Prompt(Arrays.copyOf(ids, size), images);
    }

    Taught taught() {
        return new Taught(Arrays.copyOf(ids, size), Arrays.copyOf(mask, size), images);
    }
}
