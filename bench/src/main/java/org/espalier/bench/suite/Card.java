package org.espalier.bench.suite;

import org.espalier.core.file.Json;
import org.espalier.core.file.Shipped;
import tools.jackson.databind.node.ObjectNode;

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
    private static final String SHIPPED = "/org/espalier/bench/cards.json";

    /** That of a benchmark that comes with Espalier. */
    public static Card shipped(String name) {
        ObjectNode cards = (ObjectNode) Json.parse(Shipped.text(Card.class, SHIPPED));
        return Json.as(cards.withObjectProperty(name).put("name", name), Card.class);
    }

    /** The same with another judge. */
    public Card judgedBy(String words) {
        return new Card(name, title, source, files, licence, words, asks);
    }

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
    }
}
