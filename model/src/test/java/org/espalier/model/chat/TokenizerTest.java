package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class TokenizerTest {
    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() {
        tokenizer = Fixture.tokenizer(folder);
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
        assertThat(tokenizer.vocabularySize()).isEqualTo(tokenizer.encode("<|file_sep|>")[0] + 1);
        assertThat(tokenizer.sha256()).isEqualTo(Sha256.of(Fixture.text("tokenizer.json")));
    }

    @Test
    void textsOfAnyLengthEndInTimeOrAreRefused() {
        String blanks = "a" + " ".repeat(1_000_000) + "b";
        assertThat(tokenizer.decode(tokenizer.encode(blanks))).isEqualTo(blanks);
        String letters = "\u6F22b".repeat(200_000);
        assertThat(tokenizer.decode(tokenizer.encode(letters))).isEqualTo(letters);
        assertThatThrownBy(() -> tokenizer.encode("a" + " ".repeat(11_000_000) + "b"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a text of 11,000,002 characters is longer than any model can read");
    }

    /** Random texts of many scripts, kinds of white space, marks and quotes, against the library itself. */
    @Test
    void encodesAsTheLibraryDoes() throws IOException {
        SplittableRandom random = new SplittableRandom(31);
        String[] odd = {
            "can't",
            "WE'LL",
            "'\u017F",
            "\u00A0",
            "\u2028",
            "\u3000",
            "\u200B",
            "\uFEFF",
            "\u0085",
            "e\u0301",
            "\u6F22\u5B57",
            "\uD83D\uDC36",
            "123",
            "\u0663",
            "\u2167",
            "...",
            "!!",
            "\r\n",
            "\n\n",
            "\t",
            "  ",
            "The knife"
        };
        try (HuggingFaceTokenizer library = library()) {
            for (int n = 0; n < 3000; n++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(30); i >= 0; i--) {
                    switch (random.nextInt(4)) {
                        case 0 -> text.append(odd[random.nextInt(odd.length)]);
                        case 1 -> text.append((char) ('a' + random.nextInt(26)));
                        case 2 -> text.append(' ');
                        default -> text.appendCodePoint(random.nextInt(0x3000));
                    }
                }
                assertThat(tokenizer.encode(text.toString()))
                        .as("%s", text)
                        .containsExactly(ids(library, text.toString()));
            }
        }
    }

    /** What no person writes: one thing for ever, or many scripts without a space. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "\n",
                " \n",
                "\t\r\n",
                "7",
                "\u0663",
                "!",
                "'s",
                "\u00A0",
                "\u3000",
                "\u200D",
                "\u0301",
                "e\u0301\u0323",
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\uD83D",
                "\uDC36\uD83D",
                "A\u044F\u6F22\u0639\u05D0\u0E01\u0905"
            })
    void degenerateTextsAreEncodedAsTheLibraryDoes(String unit) throws IOException {
        try (HuggingFaceTokenizer library = library()) {
            for (int length : new int[] {1_000, 9_999, 100_000}) {
                String text = "a" + unit.repeat(length / unit.length()) + "b";
                assertThat(tokenizer.encode(text)).isEqualTo(ids(library, withoutLoneSurrogates(text)));
            }
        }
    }

    private static int[] ids(HuggingFaceTokenizer library, String text) {
        long[] ids = library.encode(Normalizer.normalize(text, Normalizer.Form.NFC), false, false)
                .getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    private static String withoutLoneSurrogates(String text) {
        return text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static HuggingFaceTokenizer library() throws IOException {
        ObjectNode root = (ObjectNode) Json.parse(Files.readString(folder.resolve("tokenizer.json")));
        root.putArray("added_tokens");
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(Json.line(root).getBytes(StandardCharsets.UTF_8)),
                Map.of("padding", "false", "truncation", "false"));
    }
}
