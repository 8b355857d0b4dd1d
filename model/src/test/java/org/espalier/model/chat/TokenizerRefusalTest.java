package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TokenizerRefusalTest {
    @TempDir
    Path folder;

    private AbstractThrowableAssert<?, ?> refusal(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        return assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer.json");
    }

    private AbstractThrowableAssert<?, ?> refusal(Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = (ObjectNode) Json.parse(Fixture.text("tokenizer.json"));
        change.accept(root);
        return refusal(Json.page(root));
    }

    private static ObjectNode vocab(ObjectNode root) {
        return (ObjectNode) root.path("model").path("vocab");
    }

    @Test
    void refusesAFolderWithoutATokenizer() {
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("there is no file ");
    }

    @Test
    void refusesAFileThatIsNotWhole() throws IOException {
        String whole = Fixture.text("tokenizer.json");

        refusal(whole.substring(0, whole.length() / 2)).hasMessageContaining("not JSON to its end");
        refusal("").hasMessageContaining("no byte-pair tokenizer");
        refusal("[]").hasMessageContaining("no byte-pair tokenizer");
        refusal("{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}").hasMessageContaining("no byte-pair tokenizer");
    }

    @Test
    void refusesIdsThatCannotBe() throws IOException {
        refusal(root -> vocab(root).put("a", -1)).hasMessageContaining("the id -1, which is no number from 0 to");
        refusal(root -> vocab(root).put("a", 4_194_304)).hasMessageContaining("the id 4194304");
        refusal(root -> vocab(root).put("a", "x")).hasMessageContaining("the token \"a\" the id \"x\"");
        refusal(root -> vocab(root).put("a", 3)).hasMessageContaining("gives the id 3 to two tokens");
        refusal(root -> ((ObjectNode) root.path("added_tokens").get(1)).remove("id"))
                .hasMessageContaining("\"<|im_start|>\"");
    }

    @Test
    void refusesATokenizerThatIsNotByteLevel() throws IOException {
        refusal(root -> vocab(root).remove("\u0120")).hasMessageContaining("tokens for 255 of the 256 bytes");
        refusal(root -> root.putObject("normalizer").put("type", "Lowercase"))
                .hasMessageContaining("the normalizer \"Lowercase\"");
        refusal(root -> root.putNull("pre_tokenizer")).hasMessageContaining("cuts texts into words in a way");
        refusal(root -> ((ObjectNode) root.path("model")).put("continuing_subword_prefix", "####"))
                .hasMessageContaining("marks parts of words (continuing_subword_prefix)");
        refusal(root -> ((ObjectNode) root.path("model")).put("end_of_word_suffix", "</w>"))
                .hasMessageContaining("marks parts of words (end_of_word_suffix)");
    }

    /** Each would be passed over in silence, and texts get other tokens, or tokens other texts, than the file says. */
    @Test
    void refusesWhatItWouldNotDo() throws IOException {
        refusal(root -> root.put("normalizer", "NFC")).hasMessageContaining("the normalizer of no type");
        refusal(root -> root.putArray("normalizer").addObject().put("type", "NFKC"))
                .hasMessageContaining("the normalizer of no type");
        refusal(root -> root.putObject("decoder").put("type", "Replace"))
                .hasMessageContaining("the decoder \"Replace\"");
        refusal(root -> ((ObjectNode) root.path("model")).put("dropout", 0.5))
                .hasMessageContaining("leaves out merges by chance");
        refusal(root -> added(root, 1).put("content", "x".repeat(257)))
                .hasMessageContaining("is longer than 256 characters or holds half a character");
        refusal(Fixture.text("tokenizer.json").replace("\"<|im_start|>\"", "\"\\ud83d\""))
                .hasMessageContaining("is longer than 256 characters or holds half a character");
        refusal(root -> added(root, 1)
                        .put("content", added(root, 0).path("content").asString()))
                .hasMessageContaining("two ids");
        refusal(root -> added(root, 1).put("content", "a")).hasMessageContaining("the token \"a\" two ids");
        for (String flag : List.of("special", "lstrip", "rstrip", "single_word", "normalized")) {
            refusal(root -> added(root, 1).put(flag, "true")).hasMessageContaining("where true or false is needed");
        }
        refusal(root -> ((ObjectNode) root.path("model")).put("ignore_merges", 1))
                .hasMessageContaining("has ignore_merges \"1\" where true or false is needed");
        refusal(root -> ((ObjectNode) root.path("model")).putArray("end_of_word_suffix"))
                .hasMessageContaining("marks parts of words (end_of_word_suffix)");
    }

    private static ObjectNode added(ObjectNode root, int number) {
        return (ObjectNode) root.path("added_tokens").get(number);
    }

    @Test
    void refusesMergesThatDoNotBelongToTheVocabulary() throws IOException {
        refusal(root -> ((ArrayNode) root.path("model").path("merges")).add("zz qq"))
                .hasMessageContaining("merges \"zz\" and \"qq\", which are no tokens");
        refusal(root -> ((ArrayNode) root.path("model").path("merges")).add("a"))
                .hasMessageContaining("which are no tokens");
        refusal(root -> ((ObjectNode) root.path("model")).putArray("merges"))
                .hasMessageContaining("tokens that no merge makes");
    }

    /** Each of these took the process with it, or an hour, where a native library read it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'FixedLength', 'length': 0}",
                "{'type': 'FixedLength', 'length': 0, 'add_prefix_space': false}",
                "{'type': 'Split', 'pattern': {'Regex': '(a+)+$'}, 'behavior': 'Isolated', 'invert': false}",
                "{'type': 'Sequence', 'pretokenizers': [{'type': 'Split', 'pattern': {'Regex': '((\\\\w+)*)*!'},"
                        + " 'behavior': 'Isolated', 'invert': false}, {'type': 'ByteLevel', 'use_regex': false,"
                        + " 'add_prefix_space': false}]}",
                "{'type': 'Sequence', 'pretokenizers': []}",
                "{'type': 'ByteLevel', 'add_prefix_space': true}",
                "{'type': 'Whitespace'}",
                "'ByteLevel'"
            })
    void refusesOtherWaysToCutTexts(String pre) throws IOException {
        refusal(root -> root.set("pre_tokenizer", Json.parse(pre.replace('\'', '"'))))
                .hasMessageContaining("cuts texts into words in a way that Espalier does not know");
    }

    /** The parts of the fixture's sequence, each with one word changed. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, type, \"Digits\"",
                "0, behavior, \"Removed\"",
                "0, invert, true",
                "1, type, \"Metaspace\"",
                "1, use_regex, true",
                "1, add_prefix_space, true",
                "2, type, \"Digits\""
            })
    void refusesASequenceOfOtherParts(int part, String field, String value) throws IOException {
        refusal(root -> {
                    ArrayNode parts = (ArrayNode) root.at("/pre_tokenizer/pretokenizers");
                    ObjectNode changed = part < parts.size() ? (ObjectNode) parts.get(part) : parts.addObject();
                    changed.set(field, Json.parse(value));
                })
                .hasMessageContaining("cuts texts into words in a way that Espalier does not know");
    }

    @Test
    void refusesAnExpressionOfManyBrackets() throws IOException {
        String brackets = "(".repeat(20_000) + "a" + ")".repeat(20_000);
        refusal(root -> ((ObjectNode) root.at("/pre_tokenizer/pretokenizers/0/pattern")).put("Regex", brackets))
                .hasMessageContaining("cuts texts into words in a way");
    }

    @Test
    void aControlTokenThatTextsMayHoldIsRefusedWhereItIsNeeded() throws IOException {
        ObjectNode root = (ObjectNode) Json.parse(Fixture.text("tokenizer.json"));
        root.path("added_tokens").forEach(added -> ((ObjectNode) added).put("special", false));
        Files.writeString(folder.resolve("tokenizer.json"), Json.page(root));
        Tokenizer tokenizer = Tokenizer.load(folder);

        assertThatThrownBy(() -> tokenizer.id("<|image_pad|>"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("takes <|image_pad|> for ordinary text (special: false)");
    }

    @Test
    void anUnknownTokenThatIsNotThereIsNeverNeeded() throws IOException {
        ObjectNode root = (ObjectNode) Json.parse(Fixture.text("tokenizer.json"));
        ((ObjectNode) root.path("model")).put("unk_token", "<nowhere>");
        Files.writeString(folder.resolve("tokenizer.json"), Json.page(root));
        Tokenizer tokenizer = Tokenizer.load(folder);
        assertThat(tokenizer.decode(tokenizer.encode("\u6F22 x"))).isEqualTo("\u6F22 x");
    }

    /** Whatever the file says, the process continues. */
    @Test
    void aDamagedByteIsRefusedOrHarmless() throws IOException {
        String whole = Fixture.text("tokenizer.json");
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int n = 0; n < 200; n++) {
            int at = random.nextInt(whole.length());
            String damaged = whole.substring(0, at) + "0[\"x{-".charAt(random.nextInt(6)) + whole.substring(at + 1);
            Files.writeString(folder.resolve("tokenizer.json"), damaged);
            try {
                Tokenizer tokenizer = Tokenizer.load(folder);
                assertThat(tokenizer.decode(tokenizer.encode("The knife"))).isEqualTo("The knife");
            } catch (InputException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }
}
