package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.picture.internal.Blend;
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

    @ParameterizedTest
    @MethodSource("pictures")
    void thinsAPictureToSomeOfThePixelsItHas(Path picture) throws IOException {
        byte[] whole = Files.readAllBytes(picture);
        RgbPicture all = reader.read(whole, "all");
        boolean turned = picture.getFileName().toString().contains("exif");
        for (int step : new int[] {2, 3, 5, 1000}) {
            RgbPicture thinned = reader.read(whole, "thinned", step);

            assertThat(thinned.width()).isEqualTo((all.width() + step - 1) / step);
            assertThat(thinned.height()).isEqualTo((all.height() + step - 1) / step);
            for (int i = 0; !turned && i < thinned.rgb().length; i++) {
                int y = i / 3 / thinned.width() * step;
                int x = i / 3 % thinned.width() * step;
                assertThat(thinned.rgb()[i])
                        .as("sample %d with step %d", i, step)
                        .isEqualTo(all.rgb()[3 * (y * all.width() + x) + i % 3]);
            }
        }
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
