package org.espalier.model.decoder;

import java.util.List;

/**
 * Many sequences that share beginnings, each shared token once: a stem, and segments that leave it. The token axis
 * holds the stem, then the segments in order.
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
}
