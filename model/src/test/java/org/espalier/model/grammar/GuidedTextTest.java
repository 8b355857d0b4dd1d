package org.espalier.model.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.core.file.Json;
import org.espalier.model.chat.Tokenizer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GuidedTextTest {
    private static final Tokenizer TOKENIZER =
            Tokenizer.load(Path.of(System.getProperty("espalier.root", ".."), "greenhouse/model"));
    private static final int SIZE = TOKENIZER.vocabularySize();
    private static final Vocabulary VOCABULARY = new Vocabulary(TOKENIZER, SIZE);
    private static final int END = SIZE;

    private static Set<String> spelled(BitSet tokens) {
        Set<String> all = new TreeSet<>();
        tokens.stream()
                .forEach(id ->
                        all.add(id == END ? "END" : new String(TOKENIZER.spelling(id), StandardCharsets.ISO_8859_1)));
        return all;
    }

    private static GuidedText text(Grammar grammar) {
        return new Automaton(grammar, VOCABULARY).text();
    }

    private static void take(GuidedText text, String letters) {
        for (byte letter : letters.getBytes(StandardCharsets.UTF_8)) {
            text.take(single(letter));
        }
    }

    /** The token of one byte. */
    private static int single(byte letter) {
        for (int id = 0; id < SIZE; id++) {
            byte[] spelling = TOKENIZER.spelling(id);
            if (spelling.length == 1 && spelling[0] == letter) {
                return id;
            }
        }
        throw new AssertionError("no token is " + letter);
    }

    /** Tokens that are beginnings of a text. */
    private static Set<String> beginnings(String text) {
        Set<String> all = new TreeSet<>();
        for (int id = 0; id < SIZE; id++) {
            String spelling = new String(TOKENIZER.spelling(id), StandardCharsets.ISO_8859_1);
            if (!spelling.isEmpty() && text.startsWith(spelling)) {
                all.add(spelling);
            }
        }
        return all;
    }

    @Test
    void goesOnWithEveryTokenThatBeginsTheRestAndEndsWhereTheTextDoes() {
        GuidedText text = text(Grammar.text("the chair"));

        assertThat(spelled(text.next(List.of(END))))
                .isEqualTo(beginnings("the chair"))
                .contains("t");
        take(text, "the");
        assertThat(spelled(text.next(List.of(END))))
                .isEqualTo(beginnings(" chair"))
                .contains(" ");
        take(text, " chair");
        assertThat(spelled(text.next(List.of(END)))).containsExactly("END");
        assertThatThrownBy(() -> take(text, "s")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsWhatIsRepeated() {
        // a, then b two or three times.
        GuidedText text = text(Grammar.sequence(Grammar.text("a"), new Grammar.Repeated(Grammar.text("b"), 2, 3)));

        take(text, "ab");
        assertThat(spelled(text.next(List.of(END)))).doesNotContain("END").contains("b");
        take(text, "b");
        assertThat(spelled(text.next(List.of(END)))).contains("END", "b");
        take(text, "b");
        assertThat(spelled(text.next(List.of(END)))).containsExactly("END");
    }

    @Test
    void aStringHasAsManyCharactersAsItMayOfAnyScript() {
        GuidedText text = text(JsonGrammar.string(2, 3));

        take(text, "\"ä");
        assertThat(spelled(text.next(List.of(END)))).doesNotContain("\"");
        take(text, "\\n");
        assertThat(spelled(text.next(List.of(END)))).contains("\"");
        take(text, "🐶");
        assertThat(spelled(text.next(List.of(END)))).containsExactly("\"");
        // Half of a pair by number is no character.
        assertThatThrownBy(() -> take(text(JsonGrammar.string(0, 9)), "\"\\ud8"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whateverIsDrawnIsTheJsonThatWasWanted() {
        Grammar grammar = JsonGrammar.object(
                List.of(
                        new JsonGrammar.Property("a", JsonGrammar.integer(), true),
                        new JsonGrammar.Property("b", JsonGrammar.string(0, 4), false),
                        new JsonGrammar.Property("c", JsonGrammar.array(JsonGrammar.number(), 1, 2), true),
                        new JsonGrammar.Property("d", Grammar.text("null"), false)),
                name -> '"' + name + '"');
        Automaton automaton = new Automaton(grammar, VOCABULARY);
        Random random = new Random(1);
        Set<List<String>> seen = new java.util.HashSet<>();
        for (int i = 0; i < 60; i++) {
            JsonNode drawn = Json.parse(drawn(automaton, random));
            assertThat(drawn.path("a").isIntegralNumber()).isTrue();
            assertThat(drawn.path("b")
                            .asString("")
                            .codePointCount(0, drawn.path("b").asString("").length()))
                    .isBetween(0, 4);
            assertThat(drawn.path("c").size()).isBetween(1, 2);
            assertThat(drawn.path("c").valueStream()).allMatch(JsonNode::isNumber);
            List<String> names = List.copyOf(drawn.propertyNames());
            assertThat(names).isSorted().contains("a", "c").isSubsetOf("a", "b", "c", "d");
            seen.add(names);
        }
        // b and d stand there or do not.
        assertThat(seen).hasSize(4);
    }

    @Test
    void anyObjectIsOneUpToItsDepth() {
        Automaton automaton = new Automaton(JsonGrammar.anyObject(2), VOCABULARY);
        GuidedText deep = automaton.text();

        take(deep, "{\"a\": [1, ");
        assertThat(spelled(deep.next(List.of(END)))).contains("1", "\"", "t").doesNotContain("{", "[");
    }

    private static String drawn(Automaton automaton, Random random) {
        GuidedText text = automaton.text();
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            int[] next = text.next(List.of(END)).stream().toArray();
            int token = next[random.nextInt(next.length)];
            if (token == END) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            text.take(token);
            bytes.writeBytes(TOKENIZER.spelling(token));
        }
        throw new AssertionError("no end: " + bytes);
    }
}
