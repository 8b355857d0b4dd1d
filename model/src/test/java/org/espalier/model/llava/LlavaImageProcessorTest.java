package org.espalier.model.llava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.Normalisation;
import org.espalier.model.family.PixelBounds;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;
import org.espalier.tensor.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class LlavaImageProcessorTest {
    private static final Path ORACLE = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "llava_next");
    private static final Normalisation CLIP = new Normalisation(
            List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711), 1 / 255.0);
    /** Of the released checkpoint. */
    private static final List<PictureSize> CANVASES = List.of(
            new PictureSize(672, 336),
            new PictureSize(336, 672),
            new PictureSize(672, 672),
            new PictureSize(336, 1008),
            new PictureSize(1008, 336));

    private static final LlavaImageProcessor RELEASED =
            new LlavaImageProcessor(new AnyResolution(CANVASES), 336, 24, CLIP);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void makesTheTilesThatTransformersMakes(int number) {
        Tiles tiles = (Tiles) ModelFolder.open(ORACLE).picture(ORACLE.resolve("image_" + number + ".png"));
        try (SafetensorsFile expected = SafetensorsFile.open(ORACLE.resolve("expected.safetensors"))) {
            String key = "processor.pixel_values." + number;
            float[] wanted = expected.floats(key);
            assertThat(expected.info(key).shape()).containsExactly((long) tiles.count(), 3L, 56L, 56L);
            assertThat(tiles.values()).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.length; i++) {
                assertThat(tiles.values()[i]).isCloseTo(wanted[i], within(1e-6f));
            }
            assertThat(CLIP.samples(tiles.values(), 56 * 56)).isEqualTo(CLIP.samples(wanted, 56 * 56));
            assertThat(tiles.sizes().get("image_sizes")).isEqualTo(expected.longs("processor.image_sizes." + number));
            assertThat((long) tiles.tokens())
                    .isEqualTo(expected.info("image_features." + number).shape().getFirst());
        }
    }

    /** Worked out with transformers' processor and model. */
    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        "640, 480, 672 x 672, 672 x 504, 36, 48, 2340",
        "480, 640, 672 x 672, 504 x 672, 48, 36, 2352",
        "1920, 1080, 672 x 672, 672 x 378, 28, 48, 1948",
        "336, 336, 672 x 336, 336 x 336, 24, 24, 1176",
        "224, 224, 672 x 336, 336 x 336, 24, 24, 1176",
        "1200, 300, 1008 x 336, 1008 x 252, 18, 72, 1890",
        "70, 42, 672 x 336, 560 x 336, 24, 40, 1560",
        "375, 500, 672 x 672, 505 x 672, 48, 36, 2352",
        "150, 1, 672 x 336, 672 x 5, 0, 48, 576",
    })
    void placesAndCountsAsTransformersDoes(
            int width, int height, String canvas, String fitted, int rows, int columns, int tokens) {
        PictureSize size = new PictureSize(width, height);
        PictureSize found = new AnyResolution(CANVASES).canvas(size);
        AnyResolution.Covered covered = AnyResolution.Covered.of(size, found.height() / 14, found.width() / 14);

        assertThat(found).hasToString(canvas);
        assertThat(AnyResolution.fit(size, found)).hasToString(fitted);
        assertThat(covered).extracting("rows", "columns").containsExactly(rows, columns);
        assertThat(RELEASED.tokens(size)).isEqualTo(tokens);
    }

    @Test
    void theFirstOfTwoCanvasesThatServeEquallyIsTaken() {
        List<PictureSize> turned = List.of(CANVASES.get(1), CANVASES.get(0));
        assertThat(new AnyResolution(turned).canvas(new PictureSize(100, 100))).isEqualTo(CANVASES.get(1));
        assertThat(new AnyResolution(CANVASES).canvas(new PictureSize(100, 100)))
                .isEqualTo(CANVASES.get(0));
    }

    @Test
    void whatThePictureLeavesFreeIsBlackAndMoreOfItStandsBehind() {
        byte[] white = new byte[3 * 5 * 2];
        Arrays.fill(white, (byte) 255);
        LlavaImageProcessor small =
                new LlavaImageProcessor(new AnyResolution(List.of(new PictureSize(8, 8))), 4, 2, CLIP);

        Tiles tiles = small.process(new RgbPicture(5, 2, white));

        // 8 x 4 of 8 x 8: two rows above, two below.
        long[] samples = small.samples(tiles.values());
        assertThat(tiles.count()).isEqualTo(5);
        for (int tile = 1; tile < 5; tile++) {
            for (int y = 0; y < 4; y++) {
                long wanted = tile < 3 == y >= 2 ? 255 : 0;
                assertThat(samples[tile * 48 + y * 4])
                        .as("tile " + tile + " row " + y)
                        .isEqualTo(wanted);
            }
        }
    }

    @Test
    void boundsChooseAmongTheCanvases() {
        PictureSize large = new PictureSize(1000, 1000);
        PixelBounds few = new PixelBounds(OptionalInt.empty(), OptionalInt.of(56 * 112));
        assertThat(ModelFolder.open(ORACLE).images().tokens(large)).isEqualTo(16 + 8 * 9);
        assertThat(ModelFolder.open(ORACLE, few).images().tokens(large)).isEqualTo(16 + 4 * 5);
        PixelBounds none = new PixelBounds(OptionalInt.empty(), OptionalInt.of(100));
        assertThatThrownBy(() -> ModelFolder.open(ORACLE, none).images())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("canvas of [112 x 56");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'crop_size' : {'height': 28, 'width': 28} | size brings the whole picture to 56 pixels, but crop_size",
                "'crop_size' : {'height': 56, 'width': 28} | crop_size is not a square",
                "'size' : 28, 'crop_size' : 28 | cuts tiles of 28 pixels",
                "'image_grid_pinpoints' : [[56, 56]] | out of [56 x 56]",
                "'image_grid_pinpoints' : [[56]] | image_grid_pinpoints is not a list of heights and widths",
                "'image_grid_pinpoints' : [] | image_grid_pinpoints is not a list of heights and widths",
                "'do_normalize' : false | do_normalize is false, and only true is supported",
                "'resample' : 2 | resample is 2, and only 3 (bicubic) is supported",
                "'image_std' : [1, 0, 1] | those of image_std from 0.001 to 1000",
            })
    void refusesWhatItDoesNotComputeOrTheModelDoesNotTake(String change, String sentence) throws IOException {
        Files.copy(ORACLE.resolve("config.json"), folder.resolve("config.json"));
        ObjectNode file = (ObjectNode) Json.parse(Files.readString(ORACLE.resolve("preprocessor_config.json")));
        file.setAll((ObjectNode) Json.parse("{" + change.replace('\'', '"') + "}"));
        Files.writeString(folder.resolve("preprocessor_config.json"), Json.page(file));

        assertThatThrownBy(() -> ModelFolder.open(folder).images())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void sizesAreReadInAllStyles() throws IOException {
        Files.copy(ORACLE.resolve("config.json"), folder.resolve("config.json"));
        String original = Files.readString(ORACLE.resolve("preprocessor_config.json"));
        String square = original.replace("\"shortest_edge\": 56", "\"height\": 56, \"width\": 56");
        Files.writeString(folder.resolve("preprocessor_config.json"), square);
        RgbPicture picture = new PictureReader().read(ORACLE.resolve("image_0.png"));
        assertThat(ModelFolder.open(folder).images().process(picture).values())
                .isEqualTo(ModelFolder.open(ORACLE).images().process(picture).values());
        assertThat(square).isNotEqualTo(original);

        // Newer libraries have one file for all.
        Files.delete(folder.resolve("preprocessor_config.json"));
        Files.writeString(
                folder.resolve("processor_config.json"),
                "{\"processor_class\": \"LlavaNextProcessor\", \"image_processor\": " + original + "}");
        assertThat(ModelFolder.open(folder).images().process(picture).values())
                .isEqualTo(ModelFolder.open(ORACLE).images().process(picture).values());
    }
}
