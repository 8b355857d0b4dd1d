package org.espalier.core;

/**
 * A place on a text that is also a place between two of its tokens.
 *
 * @param tokens how many tokens stand before it
 * @param chars how many UTF-16 units of the text stand before it
 */
public record Cut(int tokens, int chars) {
    public static final Cut START = new Cut(0, 0);
}
