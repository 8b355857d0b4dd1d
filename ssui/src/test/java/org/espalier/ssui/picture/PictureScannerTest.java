package org.espalier.ssui.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.espalier.core.file.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureScannerTest {
    private static final PictureScanner SCANNER = new PictureScanner(PictureLimits.DEFAULT);
    private static final Path FIXTURES = Path.of(System.getProperty("espalier.root", ".."), "fixtures", "pictures");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void knowsAPictureByItsBytesWhateverItsName(String extension) throws IOException {
        Path file = Pictures.write(folder.resolve("a." + extension), 1);
        Path renamed = Files.move(file, folder.resolve("a.txt"));

        assertThat(SCANNER.scan(renamed)).isInstanceOfSatisfying(Scan.Sound.class, sound -> {
            assertThat(sound.format().extension()).isEqualTo(extension);
            assertThat(sound.width()).isEqualTo(96);
            assertThat(sound.height()).isEqualTo(72);
            assertThat(sound.sha256()).isEqualTo(Sha256.of(renamed));
            assertThat(sound.bytes()).isEqualTo(renamed.toFile().length());
        });
    }

    @Test
    void readsEveryPictureThatModelsReadButMovingWebp() throws IOException {
        PictureScanner any = new PictureScanner(PictureLimits.LOOSE);
        try (Stream<Path> files = Files.list(FIXTURES)) {
            assertThat(files.filter(file -> file.toString().matches(".*\\.(jpg|png|webp|gif|bmp)"))
                            .filter(file -> !file.endsWith("webp_animated.webp"))
                            .toList())
                    .hasSizeGreaterThan(40)
                    .allSatisfy(file -> assertThat(any.scan(file)).isInstanceOf(Scan.Sound.class));
        }
        assertThat(fault(any.scan(FIXTURES.resolve("webp_animated.webp")))).isEqualTo(PictureFault.CORRUPT);
    }

    @Test
    void looksAtTheHeaderBeforeItDecodesABomb() {
        // A PNG header of 60,000 x 60,000 pixels, 3.6 gigapixels, with nothing behind it.
        ByteBuffer bomb = ByteBuffer.allocate(33);
        bomb.put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        bomb.putInt(13).put("IHDR".getBytes(StandardCharsets.ISO_8859_1));
        bomb.putInt(60_000).putInt(60_000).put(new byte[] {8, 2, 0, 0, 0}).putInt(0);

        assertThat(SCANNER.scan(bomb.array())).isInstanceOfSatisfying(Scan.Faulty.class, faulty -> {
            assertThat(faulty.fault()).isEqualTo(PictureFault.TOO_MANY_PIXELS);
            assertThat(faulty.what()).contains("60000 x 60000");
        });
    }

    @Test
    void refusesDotsAndTextAndWhatIsNotThere() throws IOException {
        byte[] dot = Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
        Path text = Files.writeString(folder.resolve("text.jpg"), "a picture, honestly");

        assertThat(fault(SCANNER.scan(dot))).isEqualTo(PictureFault.TOO_SMALL);
        assertThat(fault(SCANNER.scan(text))).isEqualTo(PictureFault.FORMAT);
        assertThat(fault(SCANNER.scan(new byte[0]))).isEqualTo(PictureFault.FORMAT);
        assertThat(fault(SCANNER.scan(folder.resolve("none.jpg")))).isEqualTo(PictureFault.MISSING);
        assertThat(fault(SCANNER.scan(folder))).isEqualTo(PictureFault.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void findsAPictureThatWasCutOff(String extension) throws IOException {
        byte[] whole = Files.readAllBytes(Pictures.write(folder.resolve("a." + extension), 7));

        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        assertThat(fault(SCANNER.scan(half))).isEqualTo(PictureFault.CORRUPT);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Path file = Pictures.write(folder.resolve("a.bmp"), 3);
        PictureScanner strict = new PictureScanner(new PictureLimits(1000, 50_000_000, 28));

        assertThat(fault(strict.scan(file))).isEqualTo(PictureFault.FILE_TOO_LARGE);
    }

    @Test
    void aScaledAndRecompressedCopyHashesAlikeAndAnotherPictureDoesNot() throws IOException {
        BufferedImage original = Pictures.drawn(11, 640, 480);
        long hash = hash(Pictures.write(folder.resolve("a.png"), original));
        long copy = hash(Pictures.write(folder.resolve("b.jpg"), Pictures.scaled(original, 320, 240)));
        long other = hash(Pictures.write(folder.resolve("c.png"), Pictures.drawn(12, 640, 480)));

        assertThat(PerceptualHash.distance(hash, copy)).isLessThanOrEqualTo(4);
        assertThat(PerceptualHash.distance(hash, other)).isGreaterThan(16);
    }

    @Test
    void anEmptySheetHashesTheSameInEverySize() throws IOException {
        long small = hash(Pictures.write(folder.resolve("a.png"), sheet(64)));
        long large = hash(Pictures.write(folder.resolve("b.png"), sheet(300)));

        assertThat(small).isEqualTo(large);
    }

    private static BufferedImage sheet(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, 0x336699);
            }
        }
        return image;
    }

    private static long hash(Path file) {
        return ((Scan.Sound) SCANNER.scan(file)).phash();
    }

    private static PictureFault fault(Scan scan) {
        return ((Scan.Faulty) scan).fault();
    }
}
