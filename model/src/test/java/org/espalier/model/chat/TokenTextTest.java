package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTextTest {
    private static Utf8Text read(byte[] bytes) {
        Utf8Text text = new Utf8Text();
        text.add(bytes);
        return text;
    }

    @ParameterizedTest
    @CsvSource({
        "61E6BC, a, false",
        "61E6BCA2, a\u6F22, true",
        "F09F90, '', false",
        "F09F90B6, \uD83D\uDC36, true",
        "61C3, a, false",
        "61C362, a\uFFFDb, true",
        "E6BCE6BCA2, \uFFFD\u6F22, true",
        "80, \uFFFD, true",
        "EDA080, \uFFFD\uFFFD\uFFFD, true",
        "C0AF, \uFFFD\uFFFD, true",
        "F4908080, \uFFFD\uFFFD\uFFFD\uFFFD, true",
        "F8, \uFFFD, true"
    })
    void aCharacterAppearsWithItsLastByteAndBrokenBytesAsOneMarkEach(String hex, String expected, boolean whole) {
        Utf8Text text = read(HexFormat.of().parseHex(hex));

        assertThat(text).hasToString(expected);
        assertThat(text.whole()).isEqualTo(whole);
    }

    @Test
    void anyTokensReadAsTheReferenceReadsThem(@TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        Tokenizer tokenizer = Fixture.tokenizer(folder);
        try (HuggingFaceTokenizer reference = HuggingFaceTokenizer.newInstance(
                folder.resolve("tokenizer.json"), Map.of("padding", "false", "truncation", "false"))) {
            int stop = tokenizer.encode(".")[0];
            for (int n = 0; n < 500; n++) {
                int[] ids = random.ints(40, 0, tokenizer.vocabularySize()).toArray();
                ids[39] = stop;

                String read = reference.decode(Arrays.stream(ids).asLongStream().toArray(), true);

                assertThat(tokenizer.decode(ids)).isEqualTo(read);
            }
        }
    }
}
