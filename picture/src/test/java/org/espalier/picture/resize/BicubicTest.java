package org.espalier.picture.resize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.picture.Fixtures;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BicubicTest {
    private static final Path FOLDER = Fixtures.PICTURES.resolve("resize");

    @ParameterizedTest(name = "{0} to {1} x {2}")
    @CsvSource({
        "scene, 84, 56",
        "scene, 28, 28",
        "scene, 20, 90",
        "scene, 90, 20",
        "scene, 61, 20",
        "scene, 20, 43",
        "scene, 61, 43",
        "scene, 1, 1",
        "scene, 5, 3",
        "dot, 56, 56",
        "strip, 28, 28"
    })
    void resizesAsPillowDoes(String name, int width, int height) throws IOException {
        RgbPicture picture = Fixtures.ppm(FOLDER.resolve(name + ".ppm"));
        RgbPicture expected = Fixtures.ppm(FOLDER.resolve(name + "_to_" + width + "x" + height + ".ppm"));

        RgbPicture resized = Bicubic.resize(picture, width, height);

        assertThat(resized.size()).isEqualTo(new PictureSize(width, height));
        assertThat(resized.rgb()).isEqualTo(expected.rgb());
    }

    @Test
    void givesTheSamePictureBackWhereNothingChanges() {
        RgbPicture picture = new RgbPicture(2, 1, new byte[6]);

        assertThat(Bicubic.resize(picture, 2, 1)).isSameAs(picture);
    }

    @Test
    void keepsAnEvenColourWhenThreadsShareTheRows() {
        byte[] even = new byte[3 * 900 * 700];
        Arrays.fill(even, (byte) 77);

        byte[] resized =
                Bicubic.resize(new RgbPicture(900, 700, even), 333, 444).rgb();

        assertThat(resized).hasSize(3 * 333 * 444).containsOnly(77);
    }
}
