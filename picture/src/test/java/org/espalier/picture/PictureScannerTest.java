package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.espalier.core.file.Sha256;
import org.espalier.picture.similar.PerceptualHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureScannerTest {
    private static final PictureScanner SCANNER = new PictureScanner(PictureLimits.DEFAULT);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void knowsAPictureByItsBytesWhateverItsName(String extension) throws IOException {
        Path file = DrawnPictures.write(folder.resolve("a." + extension), 1);
        Path renamed = Files.move(file, folder.resolve("a.txt"));

        assertThat(SCANNER.scan(renamed)).isInstanceOfSatisfying(Scan.Sound.class, sound -> {
            assertThat(sound.format().extension()).isEqualTo(extension);
            assertThat(sound.size().width()).isEqualTo(96);
            assertThat(sound.size().height()).isEqualTo(72);
            assertThat(sound.sha256()).isEqualTo(Sha256.of(renamed));
            assertThat(sound.bytes()).isEqualTo(renamed.toFile().length());
        });
    }

    @Test
    void findsEveryPictureSoundThatModelsRead() {
        PictureScanner any = new PictureScanner(PictureLimits.LOOSE);

        assertThat(Fixtures.pictures())
                .hasSizeGreaterThan(70)
                .allSatisfy(file -> assertThat(any.scan(file))
                        .isInstanceOfSatisfying(
                                Scan.Sound.class,
                                sound -> assertThat(sound.size()).isEqualTo(new PictureReader().size(file))));
    }

    @Test
    void hashesATurnedPictureAsItIsSeen() throws IOException {
        Path turned = Fixtures.PICTURES.resolve("exif_6.jpg");
        RgbPicture seen = new PictureReader().read(turned);
        BufferedImage upright = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_3BYTE_BGR);
        upright.getRaster().setDataElements(0, 0, seen.width(), seen.height(), seen.rgb());
        PictureScanner any = new PictureScanner(PictureLimits.LOOSE);

        Scan copy = any.scan(DrawnPictures.write(folder.resolve("upright.png"), upright));

        assertThat(((Scan.Sound) copy).phash()).isEqualTo(((Scan.Sound) any.scan(turned)).phash());
    }

    @Test
    void looksAtTheHeaderBeforeItDecodesABomb() throws IOException {
        // 3.6 gigapixels, of which none is there.
        byte[] bomb = PictureReaderTest.pngHeader(60_000, 60_000);

        assertThat(SCANNER.scan(Files.write(folder.resolve("bomb.png"), bomb)))
                .isInstanceOfSatisfying(Scan.Faulty.class, faulty -> {
                    assertThat(faulty.fault()).isEqualTo(PictureFault.TOO_MANY_PIXELS);
                    assertThat(faulty.what()).contains("60000 x 60000");
                });
    }

    @Test
    void refusesDotsAndTextAndWhatIsNotThere() throws IOException {
        Path dot = Files.write(
                folder.resolve("dot.gif"),
                Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"));
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        Path text = Files.writeString(folder.resolve("text.jpg"), "a picture, honestly");

        assertThat(fault(SCANNER.scan(dot))).isEqualTo(PictureFault.TOO_SMALL);
        assertThat(fault(SCANNER.scan(text))).isEqualTo(PictureFault.FORMAT);
        assertThat(fault(SCANNER.scan(empty))).isEqualTo(PictureFault.FORMAT);
        assertThat(fault(SCANNER.scan(folder.resolve("none.jpg")))).isEqualTo(PictureFault.MISSING);
        assertThat(fault(SCANNER.scan(folder))).isEqualTo(PictureFault.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void findsAPictureThatWasCutOff(String extension) throws IOException {
        byte[] whole = Files.readAllBytes(DrawnPictures.write(folder.resolve("a." + extension), 7));

        Path half = Files.write(folder.resolve("half." + extension), Arrays.copyOf(whole, whole.length / 2));

        assertThat(fault(SCANNER.scan(half))).isEqualTo(PictureFault.CORRUPT);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Path file = DrawnPictures.write(folder.resolve("a.bmp"), 3);
        PictureScanner strict = new PictureScanner(new PictureLimits(1000, 50_000_000, 28));

        assertThat(fault(strict.scan(file))).isEqualTo(PictureFault.FILE_TOO_LARGE);
    }

    @Test
    void aScaledAndRecompressedCopyHashesAlikeAndAnotherPictureDoesNot() throws IOException {
        BufferedImage original = DrawnPictures.drawn(11, 640, 480);
        long hash = hash(DrawnPictures.write(folder.resolve("a.png"), original));
        long copy = hash(DrawnPictures.write(folder.resolve("b.jpg"), DrawnPictures.scaled(original, 320, 240)));
        long other = hash(DrawnPictures.write(folder.resolve("c.png"), DrawnPictures.drawn(12, 640, 480)));

        assertThat(PerceptualHash.distance(hash, copy)).isLessThanOrEqualTo(4);
        assertThat(PerceptualHash.distance(hash, other)).isGreaterThan(16);
    }

    @Test
    void anEmptySheetHashesTheSameInEverySize() throws IOException {
        long small = hash(DrawnPictures.write(folder.resolve("a.png"), sheet(64)));
        long large = hash(DrawnPictures.write(folder.resolve("b.png"), sheet(300)));

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
