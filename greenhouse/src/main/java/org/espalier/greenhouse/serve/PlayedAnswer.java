package org.espalier.greenhouse.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.core.file.Json;
import org.espalier.serve.openai.ChatAnswer;
import org.espalier.serve.openai.ChatRequest;
import org.espalier.serve.openai.EventStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered to a call.
 *
 * @param choices without log-probabilities
 */
record PlayedAnswer(ChatAnswer answer, List<ChatAnswer.Choice> choices, ChatAnswer.Counts counts) {
    /** Characters that a token roughly has. */
    private static final int LETTERS = 4;
    /** Tokens of a picture, as the base model of the greenhouse counts it. */
    private static final long PICTURE = 9;

    static PlayedAnswer of(Players cast, Call call, ChatRequest request, Optional<Faults.Kind> fault) {
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        for (int choice = 0; choice < request.choices(); choice++) {
            choices.add(choice(cast.answer(call, choice), request, fault));
        }
        long prompt = Json.line(call.body()).length() / LETTERS + PICTURE * call.pictures();
        long said = choices.stream()
                .mapToLong(choice -> Math.ceilDiv(choice.text().length(), LETTERS))
                .sum();
        return new PlayedAnswer(
                new ChatAnswer("chatcmpl-" + call.key(), 0, PlayedServer.MODEL, request.usage()),
                choices,
                new ChatAnswer.Counts(prompt, said));
    }

    private static ChatAnswer.Choice choice(String words, ChatRequest request, Optional<Faults.Kind> fault) {
        String said = switch (fault.map(Faults.Kind::label).orElse("")) {
            case "malformed" -> "Gladly: " + words.replace("\":", "\"=");
            case "truncated" -> words.substring(0, words.length() / 2);
            default -> words;
        };
        OptionalInt stop = request.stops().stream()
                .mapToInt(said::indexOf)
                .filter(at -> at >= 0)
                .min();
        String stopped = said.substring(0, stop.orElse(said.length()));
        long most = (long) LETTERS * request.maxTokens().orElse(Integer.MAX_VALUE);
        boolean cut = stopped.length() > most || fault.equals(Optional.of(Faults.Kind.TRUNCATED));
        return new ChatAnswer.Choice(
                stopped.substring(0, (int) Math.min(stopped.length(), most)),
                Optional.empty(),
                cut ? "length" : "stop");
    }

    ObjectNode whole() {
        return answer.whole(choices, counts);
    }

    /** Word by word. */
    void write(EventStream events) throws IOException {
        for (int i = 0; i < choices.size(); i++) {
            events.write(answer.first(i));
            for (String word : choices.get(i).text().split("(?<=\\s)(?=\\S)")) {
                events.write(answer.piece(i, word, Optional.empty()));
            }
            events.write(answer.last(i, choices.get(i).end()));
        }
        Optional<ObjectNode> last = answer.counts(counts);
        if (last.isPresent()) {
            events.write(last.get());
        }
        events.end();
    }
}
