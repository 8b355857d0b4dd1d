package org.espalier.endpoint.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.espalier.endpoint.wire.EncodedPicture;
import org.jspecify.annotations.Nullable;

/** A request's body in which marks become pictures in base64 as they are sent: a thousand at once need little memory. */
public final class PictureBody extends AbstractHttpEntity {
    /** A multiple of three, so that each piece encodes to whole quadruples. */
    private static final int PIECE = 24 * 1024;

    private final List<Part> parts;
    private final long length;

    private record Part(byte[] words, @Nullable EncodedPicture picture) {
        long length() {
            return words.length + (picture == null ? 0 : (picture.bytes() + 2) / 3 * 4);
        }
    }

    public PictureBody(String body, Collection<EncodedPicture> pictures) {
        super(ContentType.APPLICATION_JSON, null);
        this.parts = parts(body, pictures);
        this.length = parts.stream().mapToLong(Part::length).sum();
    }

    private static List<Part> parts(String body, Collection<EncodedPicture> pictures) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (true) {
            int at = Integer.MAX_VALUE;
            EncodedPicture next = null;
            for (EncodedPicture picture : pictures) {
                int found = body.indexOf(picture.mark(), from);
                if (found >= 0 && found < at) {
                    at = found;
                    next = picture;
                }
            }
            String words = next == null ? body.substring(from) : body.substring(from, at);
            parts.add(new Part(words.getBytes(StandardCharsets.UTF_8), next));
            if (next == null) {
                return parts;
            }
            from = at + next.mark().length();
        }
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (Part part : parts) {
            out.write(part.words());
            if (part.picture() != null) {
                write(part.picture(), out);
            }
        }
    }

    private static void write(EncodedPicture picture, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        byte[] letters = new byte[PIECE / 3 * 4];
        long sent = 0;
        try (InputStream in = picture.open()) {
            for (int n = in.readNBytes(piece, 0, PIECE); n > 0; n = in.readNBytes(piece, 0, PIECE)) {
                byte[] some = n == PIECE ? piece : java.util.Arrays.copyOf(piece, n);
                int length = Base64.getEncoder().encode(some, letters);
                out.write(letters, 0, length);
                sent += n;
            }
        }
        if (sent != picture.bytes()) {
            throw new IOException(picture.file() + " was changed while it was sent");
        }
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("a body that is only written");
    }

    @Override
    public void close() {
        // Files are open only while they are written.
    }
}
