package org.espalier.bench.judge;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.espalier.core.file.Json;
import org.espalier.core.text.Braces;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a published program asks its judge for an answer, and how it reads the reply: without a mark, at one try. Whatever
 * in the reply looks like a verdict is one, quoted or not, because it is there.
 *
 * @param system the system's turn; empty where the program sends none
 * @param asked the form in words, for a text that does not ask for it itself
 * @param maxTokens of the reply; empty where the program sets no bound
 * @param temperature of the judge; that of OpenAI's servers, 1, where the program leaves it to them
 * @param structured whether the server is held to the form's fields as a JSON Schema
 * @param reads the form's fields as the reply gives them; empty where the program finds no verdict in it
 */
public record PublishedForm(
        Optional<String> system,
        String asked,
        OptionalInt maxTokens,
        double temperature,
        boolean structured,
        Function<String, Optional<ObjectNode>> reads) {
    /** Words of a form that is filled in, after this line. */
    public static final String IN_THIS_FORM = "Answer in this form alone, with what each brace names in its place:";

    /**
     * A text with places such as {@code {reason}} to be filled in.
     *
     * @param note what may stand in them
     */
    public static PublishedForm text(String note, String form, Function<String, Optional<ObjectNode>> reads) {
        return new PublishedForm(
                Optional.empty(), note + "\n" + IN_THIS_FORM + "\n" + form, OptionalInt.empty(), 0, false, reads);
    }

    /** A JSON object, which the server is held to. */
    public static PublishedForm json(String asked, Function<String, Optional<ObjectNode>> reads) {
        return new PublishedForm(Optional.empty(), asked, OptionalInt.empty(), 0, true, reads);
    }

    /** The same with a system's turn. */
    public PublishedForm saying(String words) {
        return new PublishedForm(Optional.of(words), asked, maxTokens, temperature, structured, reads);
    }

    /** The same with shorter replies. */
    public PublishedForm within(int tokens) {
        return new PublishedForm(system, asked, OptionalInt.of(tokens), temperature, structured, reads);
    }

    /** The same at another temperature than 0. */
    public PublishedForm at(double other) {
        return new PublishedForm(system, asked, maxTokens, other, structured, reads);
    }

    /** The object that a reply is or holds. */
    public static Optional<ObjectNode> object(String reply) {
        int from = reply.indexOf('{');
        int end = from < 0 ? -1 : Braces.end(reply, from);
        try {
            return end > 0 && Json.parse(reply.substring(from, end)) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Names it: another form is another protocol. */
    String words() {
        return String.join(
                "\n",
                "as published",
                system.orElse(""),
                asked,
                maxTokens.toString(),
                "" + temperature,
                "" + structured);
    }
}
