package org.espalier.picture;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.espalier.core.Labelled;
import org.espalier.picture.internal.PictureDecoder;
import org.espalier.picture.internal.jpeg.JpegDecoder;
import org.espalier.picture.internal.plain.BmpDecoder;
import org.espalier.picture.internal.plain.GifDecoder;
import org.espalier.picture.internal.png.PngDecoder;
import org.espalier.picture.internal.webp.WebpDecoder;

/** The formats that are read, each known by a file's first bytes and never by its name. */
public enum PictureFormat implements Labelled {
    JPEG("jpg", new JpegDecoder()),
    PNG("png", new PngDecoder()),
    WEBP("webp", new WebpDecoder()),
    GIF("gif", new GifDecoder()),
    BMP("bmp", new BmpDecoder());

    /** So many bytes of a file are enough to know its format. */
    public static final int HEAD = 18;

    private final String extension;
    private final PictureDecoder decoder;

    PictureFormat(String extension, PictureDecoder decoder) {
        this.extension = extension;
        this.decoder = decoder;
    }

    /** The format of a file that begins with these bytes; empty if it is none of these. */
    public static Optional<PictureFormat> of(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, HEAD), StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00FF\u00D8\u00FF")) {
            return Optional.of(JPEG);
        } else if (text.startsWith("\u0089PNG\r\n\u001A\n")) {
            return Optional.of(PNG);
        } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return Optional.of(WEBP);
        } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return Optional.of(GIF);
        }
        // Two letters would be too little to go by: the length of the header that follows is below 256.
        return text.startsWith("BM") && text.startsWith("\0\0\0", 15) ? Optional.of(BMP) : Optional.empty();
    }

    /** Of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    /** As the web calls it: {@code image/jpeg}. */
    public String mediaType() {
        return "image/" + label();
    }

    PictureDecoder decoder() {
        return decoder;
    }
}
