package org.espalier.picture;

import java.io.IOException;

/** The formats that are read, each known by its first bytes and never by a file's name. */
enum PictureFormat {
    JPEG(new JpegDecoder()),
    PNG(new PngDecoder()),
    WEBP(new WebpDecoder()),
    GIF(new GifDecoder()),
    BMP(new BmpDecoder());

    private final Decoder decoder;

    PictureFormat(Decoder decoder) {
        this.decoder = decoder;
    }

    Decoder decoder() {
        return decoder;
    }

    static PictureFormat of(Source source) throws IOException, UnreadablePicture {
        if (source.length() == 0) {
            throw new UnreadablePicture("is an empty file; fetch it again");
        }
        if (source.startsWith(0, "\u00FF\u00D8\u00FF")) {
            return JPEG;
        } else if (source.startsWith(0, "\u0089PNG\r\n\u001A\n")) {
            return PNG;
        } else if (source.startsWith(0, "RIFF") && source.startsWith(8, "WEBP")) {
            return WEBP;
        } else if (source.startsWith(0, "GIF87a") || source.startsWith(0, "GIF89a")) {
            return GIF;
        } else if (source.startsWith(0, "BM") && source.length() > 26) {
            return BMP;
        }
        throw new UnreadablePicture("is not a JPEG, PNG, WebP, GIF or BMP picture; convert it to one of these");
    }
}
