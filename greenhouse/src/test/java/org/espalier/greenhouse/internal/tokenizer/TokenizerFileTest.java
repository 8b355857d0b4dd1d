package org.espalier.greenhouse.internal.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.internal.corpus.Corpus;
import org.espalier.greenhouse.internal.corpus.Mixture;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.chat.ByteLetters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerFileTest {
    private static final World WORLD = WorldFile.load();
    private static final Corpus CORPUS = new Corpus(WORLD, Split.draw(WORLD, 5), 5);
    private static TokenizerFile file;
    private static HuggingFaceTokenizer tokenizer;

    @TempDir
    static Path folder;

    @BeforeAll
    static void load() throws IOException {
        file = TokenizerFile.learn(CORPUS, 20_000, QwenShape.DEFAULT);
        CheckpointFiles.write(folder, file, QwenShape.DEFAULT);
        tokenizer = HuggingFaceTokenizer.newInstance(
                folder.resolve("tokenizer.json"), Map.of("padding", "false", "truncation", "false"));
    }

    @Test
    void everyWordOfTheCorpusIsOneToken() {
        Pattern words = Pattern.compile(BytePairs.WORDS);
        for (int n = 30_000; n < 30_500; n++) {
            String text = CORPUS.item(n, Mixture.REASONING).messages().getLast().text();
            List<String> expected = new ArrayList<>();
            Matcher word = words.matcher(text);
            while (word.find()) {
                expected.add(ByteLetters.spell(word.group()));
            }
            assertThat(tokenizer.encode(text, false, false).getTokens()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void aPathTakesAboutSeventyTokens() {
        long tokens = 0;
        for (int n = 0; n < 100; n++) {
            var item = CORPUS.item(n, new Mixture(0, 0, 0, 0, 0, 0));
            tokens += tokenizer
                    .encode(item.messages().getLast().text(), false, false)
                    .getIds()
                    .length;
        }
        assertThat(tokens / 100).isBetween(60L, 85L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A sentence with wörds nobody taught it, 12345 & (brackets)\n\n  and spaces",
                "日本語のテキスト、中文，한국어",
                "emoji 🐶🍫 and café as NFC",
                "tabs\tand\r\nline ends"
            })
    void anyTextComesBackAsItWas(String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();

        assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
    }

    @Test
    void specialTokensAreOneTokenWithTheIdTheSettingsName() throws IOException {
        long[] ids = tokenizer
                .encode("<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>", false, false)
                .getIds();

        assertThat(ids).hasSize(6);
        assertThat(ids[0]).isEqualTo(file.id("<|im_start|>"));
        var config = Json.parse(Files.readString(folder.resolve("config.json")));
        assertThat(ids[4]).isEqualTo(config.path("image_token_id").asInt());
        assertThat(config.path("vocab_size").asInt()).isEqualTo(file.size());
    }

    @Test
    void theSameCorpusGivesTheSameBytes() {
        Corpus again = new Corpus(WORLD, Split.draw(WORLD, 5), 5);
        Corpus other = new Corpus(WORLD, Split.draw(WORLD, 5), 6);

        assertThat(learned(again)).isEqualTo(learned(CORPUS)).isNotEqualTo(learned(other));
    }

    /** From few texts, which do not hold every word. */
    private static String learned(Corpus corpus) {
        return TokenizerFile.learn(corpus, 250, QwenShape.DEFAULT).json();
    }

    @Test
    void theRotarySectionsFillHalfAHead() throws IOException {
        var config = Json.parse(Files.readString(folder.resolve("config.json")));
        int sum = 0;
        for (var section : config.path("rope_scaling").path("mrope_section")) {
            sum += section.asInt();
        }

        int head = config.path("hidden_size").asInt()
                / config.path("num_attention_heads").asInt();
        assertThat(sum).isEqualTo(head / 2);
    }
}
