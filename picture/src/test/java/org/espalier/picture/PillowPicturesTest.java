package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PillowPicturesTest {
    private final PictureReader reader = new PictureReader();

    static List<Path> pictures() {
        return Fixtures.pictures();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void readsThePixelsThatPillowReads(Path picture) throws IOException {
        RgbPicture expected = Fixtures.expected(picture);

        RgbPicture read = reader.read(picture);

        assertThat(read.size()).isEqualTo(expected.size());
        assertThat(read.rgb()).isEqualTo(expected.rgb());
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void knowsTheSizeFromTheHeader(Path picture) throws IOException {
        assertThat(reader.size(picture)).isEqualTo(Fixtures.expected(picture).size());
        assertThat(reader.size(Files.readAllBytes(picture), "it")).isEqualTo(reader.size(picture));
    }

    @Test
    void coversEveryFormat() {
        assertThat(pictures()).hasSizeGreaterThan(70);
    }

    @Test
    void knowsTheFormatFromTheBytesNotTheName(@TempDir Path folder) throws IOException {
        Path misnamed = Files.copy(Fixtures.PICTURES.resolve("webp_lossy.webp"), folder.resolve("photo.jpg"));

        assertThat(reader.read(misnamed).rgb())
                .isEqualTo(Fixtures.expected(Fixtures.PICTURES.resolve("webp_lossy.webp"))
                        .rgb());
    }

    @Test
    void mixesEveryAlphaWithWhiteToTheNearestLevel() {
        for (int alpha = 0; alpha < 256; alpha++) {
            for (int sample = 0; sample < 256; sample++) {
                long nearest = Math.round((sample * alpha + 255.0 * (255 - alpha)) / 255);
                assertThat(Blend.onWhite(sample, alpha)).isEqualTo((byte) nearest);
            }
        }
    }
}
