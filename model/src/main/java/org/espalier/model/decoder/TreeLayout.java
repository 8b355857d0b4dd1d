package org.espalier.model.decoder;

import java.util.List;

/**
 * Many sequences that share beginnings, each shared token once: a stem, and segments that leave it. The token axis
 * holds the stem, then the segments in order. A token sees the stem up to where its segment leaves it, and its own
 * segment up to itself:
 *
 * <pre>
 *                     s s s s | a a | b b b        stem of 4; a leaves it after 2 tokens, b after 4
 *               s     x
 *               s     x x
 *               s     x x x
 *               s     x x x x
 *               a     x x       x
 *               a     x x       x x
 *               b     x x x x         x
 *               b     x x x x         x x
 *               b     x x x x         x x x
 * </pre>
 *
 * @param stem tokens of the stem
 */
public record TreeLayout(int stem, List<Segment> segments) {
    /**
     * A continuation of the stem's first {@code shared} tokens.
     *
     * @param length its own tokens
     */
    public record Segment(int shared, int length) {}

    public TreeLayout {
        segments = List.copyOf(segments);
        for (Segment segment : segments) {
            if (segment.shared() < 0 || segment.shared() > stem || segment.length() < 1) {
                throw new IllegalArgumentException(segment + " does not fit a stem of " + stem + " tokens");
            }
        }
    }

    /** All tokens. */
    public int tokens() {
        return stem + segments.stream().mapToInt(Segment::length).sum();
    }

    /** Keys that attention gathers: a segment that does not continue at the stem's end gathers those before it once more. */
    public long keys() {
        long keys = stem;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean continues = i == 0 && segment.shared() == stem;
            keys += segment.length() + (continues ? 0 : segment.shared());
        }
        return keys;
    }
}
