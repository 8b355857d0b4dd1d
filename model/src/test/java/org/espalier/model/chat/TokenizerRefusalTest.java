package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TokenizerRefusalTest {
    @TempDir
    Path folder;

    private AbstractThrowableAssert<?, ?> refusal(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), json);
        return assertThatThrownBy(() -> Tokenizer.load(folder).close())
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
                .hasMessageContaining("the normalizer Lowercase");
        refusal(root -> root.putNull("pre_tokenizer")).hasMessageContaining("does not give a text back as it was");
    }

    @Test
    void refusesMergesOfTokensThatAreNotThere() throws IOException {
        refusal(root -> ((ArrayNode) root.path("model").path("merges")).add("zz qq"))
                .hasMessageContaining("is damaged or of a kind that Espalier does not read");
    }

    @Test
    void saysWhichTokenAnotherFamilyLacks() throws IOException {
        ObjectNode root = (ObjectNode) Json.parse(Fixture.text("tokenizer.json"));
        root.putArray("added_tokens");
        Files.writeString(folder.resolve("tokenizer.json"), Json.page(root));

        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThatThrownBy(() -> new Qwen25VlChat(tokenizer))
                    .isInstanceOf(InputException.class)
                    .hasMessageEndingWith("has no token <|im_start|>: it belongs to a model of another family");
        }
    }

    /** Native code reads the file: whatever it says, the process goes on. */
    @Test
    void aDamagedByteIsRefusedOrHarmless() throws IOException {
        String whole = Fixture.text("tokenizer.json");
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int n = 0; n < 200; n++) {
            int at = random.nextInt(whole.length());
            String damaged = whole.substring(0, at) + "0[\"x{-".charAt(random.nextInt(6)) + whole.substring(at + 1);
            Files.writeString(folder.resolve("tokenizer.json"), damaged);
            try (Tokenizer tokenizer = Tokenizer.load(folder)) {
                assertThat(tokenizer.decode(tokenizer.encode("The knife"))).isEqualTo("The knife");
            } catch (InputException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
    }
}
