package org.espalier.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.espalier.picture.DrawnPictures;
import org.espalier.picture.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void endsAPictureWheneverTheClockStrikes(String extension) throws IOException {
        Path file = DrawnPictures.write(folder.resolve("a." + extension), DrawnPictures.drawn(1, 400, 300));

        endsAt(extension.equals("jpg") ? "jpeg" : extension, Files.readAllBytes(file));
    }

    @Test
    void endsAProgressiveJpegWheneverTheClockStrikes() throws IOException {
        byte[] sound = Fixtures.bytes("jpeg_420_progressive.jpg");
        endsAt("jpeg", sound);

        assertThat(endsAt("jpeg", scannedAgain(sound, 500)))
                .as("looks at the clock where scans are read that change no row")
                .isGreaterThan(endsAt("jpeg", scannedAgain(sound, 50)));
    }

    /** A JPEG whose last scan stands there so many times more. */
    private static byte[] scannedAgain(byte[] jpeg, int times) {
        String bytes = new String(jpeg, StandardCharsets.ISO_8859_1);
        int end = bytes.length() - 2;
        String scans = bytes.substring(bytes.lastIndexOf("\u00FF\u00DA"), end).repeat(times);
        return (bytes.substring(0, end) + scans + bytes.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int endsAt(String format, byte[] bytes) throws IOException {
        int looks = 0;
        while (!read(format, bytes, looks)) {
            looks++;
        }
        assertThat(looks).as("looks at the clock before the last row").isGreaterThan(5);
        return looks;
    }

    /** Whether the picture is read to its end by a clock that strikes after so many looks; else it was late. */
    private static boolean read(String format, byte[] bytes, int looks) throws IOException {
        AtomicInteger looked = new AtomicInteger();
        LongSupplier clock = () -> looked.getAndIncrement() <= looks ? 0 : Long.MAX_VALUE;
        try (CodecImage codec = CodecImage.ofJdk(format, bytes, new Deadline(Duration.ofSeconds(30), clock))) {
            Raster raster = codec.firstFrame().getRaster();
            try (CodecImage patient = CodecImage.ofJdk(format, bytes)) {
                assertThat(raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), null))
                        .isEqualTo(patient.firstFrame()
                                .getRaster()
                                .getDataElements(0, 0, raster.getWidth(), raster.getHeight(), null));
            }
            return true;
        } catch (UnreadablePicture e) {
            assertThat(e)
                    .hasMessage("was given up: it is not decoded after 30 s; save it again as an ordinary picture");
            assertThat(e.perhapsByChance()).isTrue();
            return false;
        }
    }
}
