package org.espalier.core;

/**
 * One continuation to be drawn from a stem.
 *
 * @param cut where on the stem it starts
 * @param step the step it replaces, from 1; 0 for a whole path. With the sample number it names the draw's random
 *     numbers
 * @param sample number of the draw at this step, from 0
 */
public record Draw(Cut cut, int step, int sample) {
    /** A whole path. */
    public static Draw whole(int sample) {
        return new Draw(Cut.START, 0, sample);
    }
}
