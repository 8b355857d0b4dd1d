package org.espalier.picture;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.core.file.Sha256;
import org.espalier.picture.similar.PerceptualHash;

/**
 * Looks at files that may be anything: size first, then the first bytes, then the header, and only then the pixels. What
 * it finds sound, a {@link PictureReader} with the same limits reads. Safe for use by several threads.
 */
public final class PictureScanner {
    private final PictureReader reader;

    public PictureScanner(PictureLimits limits) {
        this.reader = new PictureReader(limits);
    }

    /** Looks at a file. */
    public Scan scan(Path file) {
        try {
            return sound(reader.whole(file));
        } catch (UnusablePicture e) {
            return new Scan.Faulty(e.fault(), e.predicate());
        } catch (IOException e) {
            return new Scan.Faulty(PictureFault.UNREADABLE, "cannot be read: " + e.getMessage());
        }
    }

    private Scan sound(byte[] whole) throws IOException, UnusablePicture {
        Recognised picture = reader.recognised(whole);
        PictureSize size = picture.size();
        RgbPicture thinned = picture.decoded(whole, Math.max(1, size.shorterSide() / PerceptualHash.ENOUGH));
        long hash = PerceptualHash.of(thinned.rgb(), thinned.width(), thinned.height());
        return new Scan.Sound(whole.length, Sha256.of(whole), picture.format(), size, hash);
    }
}
