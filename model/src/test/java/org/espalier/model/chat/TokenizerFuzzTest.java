package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files {@code tokenizer.json} that were changed at random, from a seed: each gives texts back as they were, or is refused. */
class TokenizerFuzzTest {
    private static final int ROUNDS = 150;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "5",
            "4194304",
            "1e999",
            "\"\"",
            "\"a\"",
            "\"####\"",
            "\"NFC\"",
            "\"Lowercase\"",
            "\"ByteLevel\"",
            "\"(a+)+$\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[]",
            "[null]",
            "[\"a\",\"b\"]",
            "{}",
            "{\"type\":\"FixedLength\",\"length\":0}",
            "{\"type\":\"ByteLevel\",\"add_prefix_space\":false}");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aChangedFileGivesTextsBackOrIsRefused(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        String whole = Fixture.text("tokenizer.json");
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String broken;
            if (random.nextInt(4) == 0) {
                broken = torn(whole, random);
            } else {
                JsonNode root = Json.parse(whole);
                for (int change = random.nextInt(3); change >= 0; change--) {
                    change(root, random);
                }
                broken = Json.line(root);
            }
            Files.writeString(folder.resolve("tokenizer.json"), broken.replace("\uD800", "\\ud800"));
            refused += isSound(random) ? 0 : 1;
        }
        assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
    }

    private boolean isSound(SplittableRandom random) {
        try {
            Tokenizer tokenizer = Tokenizer.load(folder);
            String text = "Is it safe? 1234 don't \n\n " + (char) random.nextInt(0x20, 0xD7FF) + " <|image_pad|>";
            String normal = tokenizer.normalForm(text).text();
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(normal);
            return true;
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("tokenizer.json").hasMessageNotContaining("\n");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("this file: " + folder.resolve("tokenizer.json"), e);
        }
    }

    private static String torn(String whole, SplittableRandom random) {
        StringBuilder text = new StringBuilder(whole);
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.setCharAt(at, "{}[]\":,0-\\".charAt(random.nextInt(10)));
            case 1 -> text.deleteCharAt(at);
            default -> text.setLength(at);
        }
        return text.toString();
    }

    /** Changes one thing, more often near the root than in the lists of thousands. */
    private static void change(JsonNode root, SplittableRandom random) {
        JsonNode holder = root;
        while (random.nextInt(4) > 0) {
            List<JsonNode> inner = new ArrayList<>();
            for (JsonNode one : holder) {
                if (!one.isEmpty()) {
                    inner.add(one);
                }
            }
            if (inner.isEmpty()) {
                break;
            }
            holder = inner.get(random.nextInt(inner.size()));
        }
        JsonNode value = Json.parse(VALUES.get(random.nextInt(VALUES.size())));
        int at = random.nextInt(holder.size());
        switch (holder) {
            case ObjectNode object -> {
                String name = List.copyOf(object.propertyNames()).get(at);
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> {
                switch (random.nextInt(3)) {
                    case 0 -> array.remove(at);
                    case 1 ->
                        array.insert(at, array.get(random.nextInt(array.size())).deepCopy());
                    default -> array.set(at, value);
                }
            }
            default -> {}
        }
    }
}
