package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.espalier.core.UnusablePictureException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JPEGs whose structure was changed at random, from a seed: segments taken away, doubled, swapped, with other lengths and
 * other content. Each is a picture of the size that its header tells, or is refused in a sentence.
 */
class JpegFuzzTest {
    private static final int ROUNDS = 250;
    /** Of a few megapixels at most, so that many can be tried. */
    private static final PictureLimits SMALL = new PictureLimits(1 << 22, 2_000_000, 1);

    @ParameterizedTest
    @CsvSource({
        "jpeg_420.jpg, 1",
        "jpeg_420_progressive.jpg, 2",
        "jpeg_420_progressive.jpg, 3",
        "jpeg_grey.jpg, 4",
        "jpeg_cmyk.jpg, 5"
    })
    void changedStructureIsAPictureOrRefused(String name, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = Fixtures.bytes(name);
        PictureReader reader = new PictureReader(SMALL);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> segments = segments(whole);
            for (int change = random.nextInt(3); change >= 0; change--) {
                change(segments, random);
            }
            byte[] broken = joined(segments);
            try {
                RgbPicture picture = reader.read(broken, "changed.jpg");
                PictureSize size = reader.size(broken, "changed.jpg");
                assertThat(picture.width() * (long) picture.height()).isEqualTo(size.pixels());
            } catch (UnusablePictureException e) {
                refused++;
                assertThat(e).hasMessageStartingWith("The picture changed.jpg ").hasMessageNotContaining("\n");
            } catch (RuntimeException e) {
                fail(name + ", seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).isGreaterThan(ROUNDS / 5);
    }

    /** The pieces between markers: each begins with one, and a scan goes on to the next that is none of its own. */
    private static List<byte[]> segments(byte[] jpeg) {
        List<byte[]> segments = new ArrayList<>();
        int start = 0;
        for (int at = 2; at + 1 < jpeg.length; ) {
            segments.add(java.util.Arrays.copyOfRange(jpeg, start, at));
            start = at;
            int marker = jpeg[at + 1] & 0xff;
            if (marker == 0xd9) {
                break;
            }
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
            if (marker == 0xda) {
                while (at + 1 < jpeg.length
                        && (jpeg[at] != (byte) 0xff || jpeg[at + 1] == 0 || (jpeg[at + 1] & 0xf8) == 0xd0)) {
                    at++;
                }
            }
        }
        segments.add(java.util.Arrays.copyOfRange(jpeg, start, jpeg.length));
        return segments;
    }

    private static void change(List<byte[]> segments, SplittableRandom random) {
        if (segments.isEmpty()) {
            return;
        }
        int at = random.nextInt(segments.size());
        byte[] segment = segments.get(at).clone();
        switch (random.nextInt(8)) {
            case 0 -> segments.remove(at);
            case 1 -> segments.add(random.nextInt(segments.size()), segment);
            case 2 -> segments.set(at, segments.set(random.nextInt(segments.size()), segment));
            case 3 -> segments.set(at, java.util.Arrays.copyOf(segment, random.nextInt(segment.length + 1)));
            case 4 ->
                segments.add(
                        at, new byte[] {(byte) 0xff, (byte) random.nextInt(0xc0, 0x100), 0, (byte) random.nextInt(20)});
            case 5 -> {
                // Its length, or the first fields after it.
                for (int i = 2; i < Math.min(segment.length, 20); i++) {
                    if (random.nextInt(8) == 0) {
                        segment[i] = (byte) random.nextInt(256);
                    }
                }
                segments.set(at, segment);
            }
            case 6 -> {
                for (int n = random.nextInt(8); n >= 0 && segment.length > 4; n--) {
                    segment[random.nextInt(4, segment.length)] ^= (byte) (1 << random.nextInt(8));
                }
                segments.set(at, segment);
            }
            default -> {
                for (int n = random.nextInt(64); n > 0; n--) {
                    segments.add(at, segment);
                }
            }
        }
    }

    private static byte[] joined(List<byte[]> segments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] segment : segments) {
            out.write(segment);
        }
        return out.toByteArray();
    }
}
