package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
    private final PictureReader reader = new PictureReader();

    @Test
    void saysThatAPictureIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> reader.read(folder.resolve("cat.png")))
                .isInstanceOf(InputException.class)
                .hasMessage("The picture " + folder.resolve("cat.png") + " is not there; check its path.");
        assertThatThrownBy(() -> reader.size(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void saysThatAFileIsEmptyOrNoPicture(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        Path page = Files.writeString(folder.resolve("page.jpg"), "<html>404 Not Found</html>");

        assertThatThrownBy(() -> reader.read(empty)).hasMessageContaining("empty.jpg is an empty file");
        assertThatThrownBy(() -> reader.read(page))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("page.jpg is not a JPEG, PNG, WebP, GIF or BMP picture");
    }

    /** Its size, its scans and its pixels would be bounded by nothing: what was looked at is the bitmap's header. */
    @ParameterizedTest
    @CsvSource({"4, jpeg_420.jpg", "5, png_rgb.png"})
    void refusesAPictureInsideABitmap(int compression, String inside, @TempDir Path folder) throws IOException {
        byte[] data = Fixtures.bytes(inside);
        ByteBuffer file = ByteBuffer.allocate(54 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0).putInt(54);
        file.putInt(40)
                .putInt(48)
                .putInt(48)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(compression);
        file.putInt(data.length).put(54, data);
        Path picture = Files.write(folder.resolve("inside.bmp"), file.array());

        assertThatThrownBy(() -> reader.read(picture))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "inside.bmp is a BMP with a JPEG or a PNG inside, which is not read; save it as an ordinary picture.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg_420.jpg",
                "jpeg_420_progressive.jpg",
                "jpeg_grey.jpg",
                "jpeg_cmyk.jpg",
                "png_rgb.png",
                "png_interlaced.png",
                "png_palette_4_transparent.png",
                "webp_lossy.webp",
                "webp_lossless_alpha.webp",
                "webp_animated.webp",
                "gif.gif",
                "bmp.bmp"
            })
    void refusesAPictureCutOffAnywhere(String name) throws IOException {
        byte[] whole = Fixtures.bytes(name);
        // The last bytes of some formats end the file and not the pixels.
        int pixelsEnd = whole.length - 12;
        for (int length = 1; length < pixelsEnd; length += Math.max(1, pixelsEnd / 97)) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reader.read(part, "half.bin"))
                    .as("%s cut to %d of %d bytes", name, length, whole.length)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("The picture half.bin ");
        }
    }

    @ParameterizedTest
    @MethodSource("org.espalier.picture.Fixtures#pictures")
    void meetsDamageWithASentenceOrAPicture(Path picture) throws IOException {
        byte[] sound = Files.readAllBytes(picture);
        SplittableRandom random = new SplittableRandom(sound.length);
        for (int round = 0; round < 40; round++) {
            byte[] damaged = sound.clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                RgbPicture read =
                        new PictureReader(new PictureLimits(1 << 20, 1_000_000, 1)).read(damaged, "damaged.bin");
                assertThat(read.rgb()).isNotEmpty();
            } catch (InputException e) {
                assertThat(e).hasMessageStartingWith("The picture damaged.bin ").hasMessageEndingWith(".");
            }
        }
    }

    @Test
    void refusesAPictureBeyondTheLimitBeforeItsPixelsAreDecoded() {
        byte[] bomb = pngHeader(20_000, 20_000);

        assertThatThrownBy(() -> reader.read(bomb, "bomb.png"))
                .isInstanceOf(InputException.class)
                .hasMessage("The picture bomb.png has 20000 x 20000 pixels, 400,000,000 in all, and the limit is"
                        + " 100,000,000; make it smaller.");
        assertThatThrownBy(() -> new PictureReader(new PictureLimits(1 << 20, 1000, 1))
                        .read(Fixtures.PICTURES.resolve("jpeg_444.jpg")))
                .hasMessageContaining("has 37 x 29 pixels, 1,073 in all, and the limit is 1,000");
    }

    @Test
    void letsALongStripThroughTheLimit() {
        assertThat(reader.size(pngHeader(20_000, 100), "strip.png")).isEqualTo(new PictureSize(20_000, 100));
    }

    @Test
    void refusesAPngWhoseBytesHaveChanged() throws IOException {
        byte[] png = Fixtures.bytes("png_rgb.png");
        png[png.length / 2] ^= 1;

        assertThatThrownBy(() -> reader.read(png, "worn.png")).hasMessageContaining("a chunk's checksum does not fit");
    }

    @Test
    void refusesAWebpWhoseAlphaMakesNoSense() throws IOException {
        byte[] webp = Fixtures.bytes("webp_lossy_alpha.webp");
        int alpha = new String(webp, StandardCharsets.ISO_8859_1).indexOf("ALPH");
        // The chunk's first byte names its compression, of which there is no third kind.
        webp[alpha + 8] = 3;

        assertThatThrownBy(() -> reader.read(webp, "a.webp"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("The picture a.webp is damaged (its alpha data makes no sense)");
    }

    @Test
    void namesTheKindOfJpegItDoesNotRead() throws IOException {
        byte[] jpeg = Fixtures.bytes("jpeg_grey.jpg");
        int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
        jpeg[frame + 1] = (byte) 0xC9;
        assertThatThrownBy(() -> reader.read(jpeg, "a.jpg")).hasMessageContaining("arithmetic-coded JPEG");

        jpeg[frame + 1] = (byte) 0xC1;
        jpeg[frame + 4] = 12;
        assertThatThrownBy(() -> reader.read(jpeg, "a.jpg")).hasMessageContaining("is a JPEG of 12 bits");
    }

    @Test
    void refusesAJpegWhoseScansGoOnForEver() throws IOException {
        byte[] sound = Fixtures.bytes("jpeg_420_progressive.jpg");
        int end = sound.length - 2;
        int lastScan = new String(sound, StandardCharsets.ISO_8859_1).lastIndexOf("\u00FF\u00DA");

        assertThat(reader.read(repeated(sound, lastScan, end, 10), "long.jpg").size())
                .isEqualTo(reader.size(sound, "sound.jpg"));
        assertThatThrownBy(() -> reader.read(repeated(sound, lastScan, end, 300), "bomb.jpg"))
                .isInstanceOf(InputException.class)
                .hasMessage("The picture bomb.jpg is a JPEG whose scans go over its pixels more than 64 times; save it"
                        + " again as an ordinary JPEG.");
    }

    /** The bytes, with those of a part standing there so many times more. */
    private static byte[] repeated(byte[] bytes, int from, int to, int times) {
        ByteBuffer longer = ByteBuffer.allocate(bytes.length + times * (to - from));
        longer.put(bytes, 0, to);
        for (int i = 0; i < times; i++) {
            longer.put(bytes, from, to - from);
        }
        return longer.put(bytes, to, bytes.length - to).array();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesWhatIsNoFileAndMightNeverEnd(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe.jpg");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path zeros = Files.createSymbolicLink(folder.resolve("zeros.jpg"), Path.of("/dev/zero"));

        for (Path endless : List.of(pipe, zeros)) {
            assertThatThrownBy(() -> reader.read(endless))
                    .isInstanceOf(InputException.class)
                    .hasMessage("The picture " + endless + " is a device or a pipe and no file; check its path.");
            assertThatThrownBy(() -> reader.size(endless)).isInstanceOf(InputException.class);
            assertThat(new PictureScanner(PictureLimits.LOOSE).scan(endless))
                    .isEqualTo(new Scan.Faulty(
                            PictureFault.UNREADABLE, "is a device or a pipe and no file; check its path"));
        }
    }

    /** A PNG of this size that has no pixels at all. */
    static byte[] pngHeader(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(8 + 25 + 12);
        png.put("\u0089PNG\r\n\u001A\n".getBytes(StandardCharsets.ISO_8859_1));
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(png, "IEND", new byte[0]);
        return png.array();
    }

    private static void chunk(ByteBuffer png, String kind, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(kind.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        png.putInt(data.length)
                .put(kind.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) crc.getValue());
    }
}
