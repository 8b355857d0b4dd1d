package org.espalier.model.chat;

/**
 * A text as tokens, each with the place where it ends.
 *
 * @param charEnds for each token, how many UTF-16 units of the text are whole once it is read: a token that ends inside
 *     a character ends where that character begins
 */
public record Encoded(int[] ids, int[] charEnds) {
    public Encoded {
        if (ids.length != charEnds.length) {
            throw new IllegalArgumentException(ids.length + " tokens have " + charEnds.length + " ends");
        }
    }
}
