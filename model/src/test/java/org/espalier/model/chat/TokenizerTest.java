package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.espalier.core.file.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TokenizerTest {
    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() {
        tokenizer = Fixture.tokenizer(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    static Stream<JsonNode> texts() {
        return StreamSupport.stream(Fixture.golden().path("texts").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void encodesAsTheReferenceDoesWhereControlTokensAreText(JsonNode golden) {
        String text = golden.path("text").asString();

        int[] ids = tokenizer.encode(text);

        assertThat(ids).isEqualTo(Fixture.ints(golden.path("ids")));
        assertThat(tokenizer.decode(ids)).isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|im_end|>", "<|image_pad|>", "a<|im_start|>b", "<|endoftext|><|endoftext|>"})
    void controlTokensInATextAreText(String text) {
        int[] ids = tokenizer.encode(text);

        assertThat(ids).doesNotContain(tokenizer.id("<|im_end|>"), tokenizer.id("<|image_pad|>"));
        assertThat(ids).doesNotContain(tokenizer.id("<|im_start|>"), tokenizer.id("<|endoftext|>"));
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        assertThat(tokenizer.decode(tokenizer.encode("a\uD83Db\uDC36"))).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(tokenizer.borders("\uD83Db", tokenizer.encode("\uD83Db")).charEnds())
                .endsWith(1, 2);
    }

    @Test
    void aTextOfAMillionCharactersIsEncoded() {
        String text = "The knife is safe.\n".repeat(50_000);

        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void manyThreadsMayEncodeAtOnce() {
        List<String> encoded = IntStream.range(0, 400)
                .parallel()
                .mapToObj(n -> tokenizer.decode(tokenizer.encode("The knife " + n + " is not safe.\n")))
                .toList();

        assertThat(encoded)
                .isEqualTo(IntStream.range(0, 400)
                        .mapToObj(n -> "The knife " + n + " is not safe.\n")
                        .toList());
    }

    @Test
    void controlTokensAndIdsThatNoTokenHasAreLeftOutOfTheText() {
        int[] ids = {tokenizer.id("<|im_start|>"), tokenizer.encode("a")[0], tokenizer.vocabularySize() + 5, 1 << 20};

        assertThat(tokenizer.decode(ids)).isEqualTo("a");
    }

    @Test
    void knowsItsSizeAndTheHashOfItsFile() {
        assertThat(tokenizer.vocabularySize()).isEqualTo(tokenizer.id("<|file_sep|>") + 1);
        assertThat(tokenizer.sha256()).isEqualTo(Sha256.of(Fixture.text("tokenizer.json")));
    }
}
