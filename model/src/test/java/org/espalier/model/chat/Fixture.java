package org.espalier.model.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;

/** The small tokenizer and what fixtures/chat/make_golden.py says of it. */
public final class Fixture {
    private Fixture() {}

    public static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Fixture.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Tokenizer tokenizer(Path folder) {
        try {
            Files.writeString(folder.resolve("tokenizer.json"), text("tokenizer.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Tokenizer.load(folder);
    }

    public static JsonNode golden() {
        return Json.parse(text("golden.json"));
    }

    public static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    public static List<Turn> turns(JsonNode conversation) {
        return StreamSupport.stream(conversation.path("turns").spliterator(), false)
                .map(turn -> new Turn(
                        Turn.Role.valueOf(turn.path("role").asString().toUpperCase(Locale.ROOT)),
                        IntStream.range(0, turn.path("images").asInt())
                                .mapToObj(i -> Path.of(i + ".png"))
                                .toList(),
                        turn.path("text").asString()))
                .toList();
    }
}
