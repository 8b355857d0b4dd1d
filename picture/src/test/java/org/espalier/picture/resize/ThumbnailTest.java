package org.espalier.picture.resize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.InputException;
import org.espalier.picture.Fixtures;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThumbnailTest {
    @ParameterizedTest
    @MethodSource("org.espalier.picture.Fixtures#pictures")
    void isASmallJpegOfEveryPictureThatIsRead(Path picture) throws IOException {
        PictureSize size = new PictureReader().size(picture);

        byte[] small = Thumbnail.jpeg(Files.readAllBytes(picture), "it", 10);

        assertThat(PictureFormat.of(small)).contains(PictureFormat.JPEG);
        PictureSize shown = new PictureReader().size(small, "small");
        assertThat(shown.longerSide()).isEqualTo(Math.min(10, size.longerSide()));
        assertThat(shown.width() > shown.height()).isEqualTo(size.width() > size.height());
    }

    @ParameterizedTest
    @CsvSource({"jpeg_cmyk.jpg", "png_grey_16.png", "webp_animated.webp", "bmp_palette.bmp"})
    void hasTheColoursOfThePicture(String name) throws IOException {
        byte[] whole = Fixtures.bytes(name);

        RgbPicture small = new PictureReader().read(Thumbnail.jpeg(whole, "it", 8), "small");

        RgbPicture all = new PictureReader().read(whole, "all");
        for (int channel = 0; channel < 3; channel++) {
            assertThat(mean(small, channel)).isBetween(mean(all, channel) - 12, mean(all, channel) + 12);
        }
    }

    private static double mean(RgbPicture picture, int channel) {
        double sum = 0;
        for (int i = channel; i < picture.rgb().length; i += 3) {
            sum += picture.rgb()[i] & 0xFF;
        }
        return sum / picture.size().pixels();
    }

    @Test
    void saysOfWhichPictureItCannotBeMade() {
        assertThatThrownBy(() -> Thumbnail.jpeg(new byte[] {1, 2, 3}, "a.png", 10))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("The picture a.png is not a JPEG, PNG, WebP, GIF or BMP picture");
    }
}
