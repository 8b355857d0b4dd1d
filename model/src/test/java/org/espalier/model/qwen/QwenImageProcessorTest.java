package org.espalier.model.qwen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.model.family.Normalisation;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class QwenImageProcessorTest {
    private static final Path ORACLE = Path.of(System.getProperty("espalier.root"), "fixtures/qwen2_5_vl");

    private final PreprocessorConfig config = PreprocessorConfig.read(ORACLE.resolve("preprocessor_config.json"));
    private final QwenImageProcessor processor = new QwenImageProcessor(config);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void makesThePatchesThatTransformersMakes(int number) throws IOException {
        ByteBuffer expected = oracle("processor.pixel_values." + number);
        ByteBuffer grid = oracle("processor.grid_thw." + number);

        Patches patches = processor.process(new PictureReader().read(ORACLE.resolve("image_" + number + ".png")));

        assertThat(patches.grid().frames()).isEqualTo((int) grid.getLong(0));
        assertThat(patches.grid().height()).isEqualTo((int) grid.getLong(8));
        assertThat(patches.grid().width()).isEqualTo((int) grid.getLong(16));
        assertThat(patches.rowLength()).isEqualTo(1176);
        assertThat(patches.values()).hasSize(expected.remaining() / 4);
        for (int i = 0; i < patches.values().length; i++) {
            float wanted = expected.getFloat(4 * i);
            assertThat(patches.values()[i]).isCloseTo(wanted, within(1e-6f));
            int channel = i % 1176 / 392;
            assertThat(level(patches.values()[i], channel)).isEqualTo(level(wanted, channel));
        }
    }

    /** The 8-bit sample that a value came from. */
    private long level(float value, int channel) {
        Normalisation norm = config.normalisation();
        return Math.round((value * norm.std().get(channel) + norm.mean().get(channel)) / norm.rescaleFactor());
    }

    /** Worked out with transformers' smart_resize; the three columns are three bounds. */
    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        "640, 480, 644 x 476, 644 x 476, 588 x 420",
        "1920, 1080, 1932 x 1092, 1316 x 728, 672 x 364",
        "4000, 3000, 4004 x 2996, 1148 x 840, 588 x 420",
        "375, 500, 364 x 504, 364 x 504, 364 x 504",
        "1200, 300, 1204 x 308, 1204 x 308, 1008 x 252",
        "70, 42, 56 x 56, 56 x 56, 56 x 56",
        "98, 98, 112 x 112, 112 x 112, 112 x 112",
        "42, 14, 112 x 56, 112 x 56, 112 x 56",
        "150, 1, 700 x 28, 700 x 28, 700 x 28",
        "1, 1, 56 x 56, 56 x 56, 56 x 56",
    })
    void fitsSizesAsTransformersDoes(int width, int height, String released, String byDefault, String small) {
        assertThat(processor.fit(new PictureSize(width, height))).hasToString(released);
        assertThat(bounded(1003520).fit(new PictureSize(width, height))).hasToString(byDefault);
        assertThat(bounded(262144).fit(new PictureSize(width, height))).hasToString(small);
    }

    private QwenImageProcessor bounded(int maxPixels) {
        return new QwenImageProcessor(config.withPixels(3136, maxPixels));
    }

    @Test
    void countsTokensWithoutPixels() {
        assertThat(processor.tokens(new PictureSize(4000, 3000))).isEqualTo(15301);
        assertThat(bounded(1003520).tokens(new PictureSize(1920, 1080))).isEqualTo(1222);
        assertThat(processor.tokens(new PictureSize(150, 1))).isEqualTo(25);

        Patches patches = processor.process(new RgbPicture(70, 42, new byte[3 * 70 * 42]));
        assertThat(patches.tokens()).isEqualTo(4).isEqualTo(processor.tokens(new PictureSize(70, 42)));
    }

    @Test
    void refusesAPictureThatIsTooLongAndThin() {
        assertThat(processor.fit(new PictureSize(20_000, 100))).isEqualTo(new PictureSize(20_000 / 28 * 28, 112));
        assertThatThrownBy(() -> processor.fit(new PictureSize(20_001, 100)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("20001 x 100 pixels is too long and thin");
        assertThatThrownBy(() -> processor.fit(new PictureSize(1, 201))).isInstanceOf(InputException.class);
    }

    /** One tensor of the oracle's file, from its own first byte. */
    private static ByteBuffer oracle(String key) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(ORACLE.resolve("expected.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = (int) file.getLong(0);
        JsonNode header = Json.parse(new String(file.array(), 8, headerLength, StandardCharsets.UTF_8));
        JsonNode offsets = header.path(key).path("data_offsets");
        int begin = offsets.path(0).intValue();
        return file.slice(8 + headerLength + begin, offsets.path(1).intValue() - begin)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
