package org.espalier.picture.resize;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.espalier.core.InputException;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;
import org.espalier.picture.RgbPicture;

/** Small copies of pictures, for pages. */
public final class Thumbnail {
    private Thumbnail() {}

    /**
     * A JPEG of a picture, upright, on white, never enlarged.
     *
     * @param whole all bytes of the picture's file
     * @param name what messages call the picture
     * @param side longest side of the copy in pixels
     * @throws InputException if the picture cannot be read
     */
    public static byte[] jpeg(byte[] whole, String name, int side) {
        PictureReader reader = new PictureReader();
        PictureSize size = reader.size(whole, name);
        // Twice the pixels that are wanted, so that each still is a mean of several.
        RgbPicture picture = reader.read(whole, name, Math.max(1, size.longerSide() / (2 * side)));
        double scale = Math.min(1, (double) side / picture.size().longerSide());
        int width = Math.max(1, (int) Math.round(picture.width() * scale));
        int height = Math.max(1, (int) Math.round(picture.height() * scale));
        return jpeg(Bicubic.resize(picture, width, height));
    }

    private static byte[] jpeg(RgbPicture picture) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
        image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.rgb());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nothing is written but memory
        }
        return out.toByteArray();
    }
}
