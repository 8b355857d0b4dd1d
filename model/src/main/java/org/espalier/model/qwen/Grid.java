package org.espalier.model.qwen;

/** The patches of a picture: rows and columns, and frames of time (1 for a picture). */
public record Grid(int frames, int height, int width) {
    public Grid {
        if (frames < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("patches need a grid of at least 1 x 1 x 1");
        }
    }

    public int patches() {
        return frames * height * width;
    }

    /** Tokens after merging. */
    public int tokens(int merge) {
        return patches() / (merge * merge);
    }
}
