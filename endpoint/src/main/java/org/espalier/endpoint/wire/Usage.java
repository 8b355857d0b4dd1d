package org.espalier.endpoint.wire;

/**
 * Tokens of one call as the server counted them, pictures among the input; 0 where it did not say.
 *
 * @param cached of the input, how many the server took from its cache
 */
public record Usage(long input, long output, long cached) {
    public static final Usage NONE = new Usage(0, 0, 0);

    public Usage {
        if (input < 0 || output < 0 || cached < 0) {
            throw new IllegalArgumentException("a count of tokens is negative");
        }
    }
}
