package org.espalier.ssui.foreign;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.core.Turn.Role;
import tools.jackson.databind.JsonNode;

/**
 * Messages as TRL ({@code role}, {@code content}) and ShareGPT ({@code from}, {@code value}) have them, as turns. A picture stands
 * where the text says {@code <image>} or a part is of type {@code image}; where nothing says so, all stand in the first turn
 * of a user. A turn's pictures are shown before its words.
 */
final class ConversationReader {
    private static final Pattern PLACE = Pattern.compile("<image>\\n?");

    private final Deque<Path> pictures;
    private final boolean placed;
    private int moved;

    /** @param messages all that the pictures may stand in */
    ConversationReader(Collection<Path> pictures, List<JsonNode> messages) {
        this.pictures = new ArrayDeque<>(pictures);
        int places = messages.stream().mapToInt(ConversationReader::places).sum();
        this.placed = places > 0;
        if (placed && places != pictures.size()) {
            throw new InputException("names " + pictures.size() + " pictures and says where " + places + " stand");
        }
    }

    /** Pictures that stood behind words of their turn, before which they are shown. */
    int moved() {
        return moved;
    }

    private static int places(JsonNode message) {
        JsonNode content = content(message);
        if (content.isString()) {
            return (int) PLACE.matcher(content.stringValue()).results().count();
        }
        int places = 0;
        for (JsonNode part : content) {
            places += isPicture(part) ? 1 : 0;
            places += part.path("text").isString()
                    ? (int) PLACE.matcher(part.path("text").stringValue())
                            .results()
                            .count()
                    : 0;
        }
        return places;
    }

    private static boolean isPicture(JsonNode part) {
        return part.path("type").asString("").equals("image");
    }

    private static JsonNode content(JsonNode message) {
        return message.has("content") ? message.path("content") : message.path("value");
    }

    /**
     * One message.
     *
     * @throws InputException with a clause if it is none
     */
    Turn turn(JsonNode message) {
        Role role = role(message);
        StringBuilder text = new StringBuilder();
        int stood = 0;
        JsonNode content = content(message);
        if (content.isString()) {
            stood = take(content.stringValue(), text);
        } else if (content.isArray()) {
            for (JsonNode part : content) {
                stood += part(part, text);
            }
        } else {
            throw new InputException("has a message without words");
        }
        if (!placed && role == Role.USER) {
            stood = pictures.size();
        }
        if (stood > 0 && role != Role.USER) {
            throw new InputException("shows a picture in a turn that is not the user's");
        }
        List<Path> shown = new ArrayList<>();
        for (int i = 0; i < stood; i++) {
            shown.add(pictures.remove());
        }
        return new Turn(role, shown, text.toString());
    }

    /** Pictures that stand in a part of a message. */
    private int part(JsonNode part, StringBuilder text) {
        String type = part.path("type").asString("text");
        if (isPicture(part)) {
            moved += text.isEmpty() ? 0 : 1;
            return 1;
        }
        if (type.equals("text") && part.path("text").isString()) {
            return take(part.path("text").stringValue(), text);
        }
        throw new InputException("has a part of type '" + type + "': texts and pictures are known");
    }

    /** Adds words without the places of pictures, of which it says how many there are. */
    private int take(String words, StringBuilder text) {
        int places = 0;
        int from = 0;
        var place = PLACE.matcher(words);
        while (place.find()) {
            text.append(words, from, place.start());
            moved += text.toString().isBlank() ? 0 : 1;
            from = place.end();
            places++;
        }
        text.append(words, from, words.length());
        return places;
    }

    private static Role role(JsonNode message) {
        String role = message.path("role").asString(message.path("from").asString(""));
        return switch (role) {
            case "system" -> Role.SYSTEM;
            case "user", "human" -> Role.USER;
            case "assistant", "gpt" -> Role.ASSISTANT;
            case "" -> throw new InputException("has a message that does not say who speaks");
            default ->
                throw new InputException("has a message of '" + role + "': system, user and assistant are known");
        };
    }

    /** The words of one answer: a text, a message, or a list of one. Empty if it is none of these. */
    static Optional<String> answer(JsonNode value) {
        if (value.isArray() && value.size() == 1) {
            return answer(value.path(0));
        }
        if (value.isObject()) {
            return role(value) == Role.ASSISTANT
                    ? Optional.of(new ConversationReader(List.of(), List.of())
                            .turn(value)
                            .text())
                    : Optional.empty();
        }
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }
}
