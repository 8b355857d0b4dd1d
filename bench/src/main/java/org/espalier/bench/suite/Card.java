package org.espalier.bench.suite;

/**
 * What people must know of a benchmark before they use it.
 *
 * @param name as the command line has it
 * @param files that the user downloads, where from, in a sentence
 * @param licence of its data, in a sentence
 * @param judge who judges officially and how we do, in a sentence
 * @param asks how the published program asks
 */
public record Card(String name, String title, String source, String files, String licence, String judge, Asks asks) {
    /**
     * How a published program asks a model.
     *
     * @param maxTokens new tokens of an answer at most; the protocol says so where another number is taken
     * @param greedy whether the likeliest token is chosen always
     * @param textFirst whether the text of a question stands before its picture
     */
    public record Asks(int maxTokens, boolean greedy, boolean textFirst) {
        /** As we ask: the picture first, with the decoding of the model's own settings. */
        public static Asks upTo(int maxTokens) {
            return new Asks(maxTokens, false, false);
        }

        public Asks greedily() {
            return new Asks(maxTokens, true, textFirst);
        }

        public Asks withTextFirst() {
            return new Asks(maxTokens, greedy, true);
        }
    }
}
