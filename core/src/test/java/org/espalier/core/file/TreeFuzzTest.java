package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lines of {@code trees.jsonl} that were changed at random, from a seed: each is a sound tree, or refused in a sentence. */
class TreeFuzzTest {
    private static final Path FILE = Path.of("trees.jsonl");
    private static final int ROUNDS = 3000;
    /** Stands for a bare 1e999, which is no number any more once it is read. */
    private static final String BEYOND = "\"<1e999>\"";

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "3",
            "7",
            "2147483648",
            "-9223372036854775809",
            "1e308",
            BEYOND,
            "0.5",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"sampled\"",
            "\"reference\"",
            "\"length\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[]",
            "[null]",
            "[[]]",
            "[1,2]",
            "[\"a\",\"\"]",
            "{}",
            "{\"tokens\":-1,\"chars\":99}");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLineWhoseValuesWereChangedIsASoundTreeOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int sound = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode line = Json.parse(TreeFile.line(TreeFileTest.tree()));
            for (int change = random.nextInt(3); change >= 0; change--) {
                change(line, random);
            }
            if (isSound(Json.line(line).replace(BEYOND, "1e999"))) {
                sound++;
            } else {
                refused++;
            }
        }
        assertThat(sound).as("some changes do no harm").isPositive();
        assertThat(refused).isGreaterThan(ROUNDS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLineWhoseCharactersWereChangedIsASoundTreeOrRefused(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String line = TreeFile.line(TreeFileTest.tree());
        String signs = "{}[]\":,0-9.eE\\ \t\u0000\uD800né";
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder broken = new StringBuilder(line);
            for (int change = random.nextInt(4); change >= 0 && !broken.isEmpty(); change--) {
                int at = random.nextInt(broken.length());
                char sign = signs.charAt(random.nextInt(signs.length()));
                switch (random.nextInt(4)) {
                    case 0 -> broken.setCharAt(at, sign);
                    case 1 -> broken.insert(at, sign);
                    case 2 -> broken.deleteCharAt(at);
                    default -> broken.setLength(at);
                }
            }
            refused += broken.toString().isBlank() || isSound(broken.toString()) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(ROUNDS / 4);
    }

    /** Whether it was read; then it says the same when it is written again, and its pairs can be formed. */
    private static boolean isSound(String line) {
        try {
            Optional<PathTree> tree = read(line);
            tree.ifPresent(sound -> {
                assertThat(TreeFile.parse(FILE, 1, TreeFile.line(sound))).isEqualTo(sound);
                sound.pairs(2);
            });
            return tree.isPresent();
        } catch (RuntimeException | StackOverflowError e) {
            return fail("this line: " + line, e);
        }
    }

    private static Optional<PathTree> read(String line) {
        try {
            return Optional.of(TreeFile.parse(FILE, 1, line));
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("trees.jsonl");
            return Optional.empty();
        }
    }

    private static void change(JsonNode line, SplittableRandom random) {
        List<JsonNode> holders = new ArrayList<>();
        collect(line, holders);
        JsonNode holder = holders.get(random.nextInt(holders.size()));
        JsonNode value = random.nextInt(4) == 0
                ? holders.get(random.nextInt(holders.size())).deepCopy()
                : Json.parse(VALUES.get(random.nextInt(VALUES.size())));
        int at = random.nextInt(holder.size());
        switch (holder) {
            case ObjectNode object -> {
                String name = List.copyOf(object.propertyNames()).get(at);
                if (random.nextInt(5) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> {
                switch (random.nextInt(4)) {
                    case 0 -> array.remove(at);
                    case 1 ->
                        array.insert(at, array.get(random.nextInt(array.size())).deepCopy());
                    default -> array.set(at, value);
                }
            }
            default -> {}
        }
    }

    private static void collect(JsonNode node, List<JsonNode> holders) {
        if (!node.isEmpty()) {
            holders.add(node);
            node.forEach(inner -> collect(inner, holders));
        }
    }
}
