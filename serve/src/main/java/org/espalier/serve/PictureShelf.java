package org.espalier.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.ScratchFolder;
import org.espalier.core.file.Sha256;
import org.espalier.serve.openai.ApiError;

/**
 * The pictures that callers send, as files of a private folder under their hashes, so that one that is sent again is the one
 * that was seen before. Those used last are kept. Thread-safe.
 */
final class PictureShelf implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PictureShelf.class.getName());
    private static final long BYTES = 512L << 20;
    private static final String BASE64 = ";base64,";

    private final ScratchFolder folder = ScratchFolder.make("espalier-serve-");
    /** The one unused for longest first. */
    private final Map<Path, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    private static final class Kept {
        private final int bytes;
        private int users;

        Kept(int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * The file of a picture, until it is {@link #release released}.
     *
     * @throws ApiError if it is no data URL of a picture in base64
     */
    Path take(String url) {
        int at = url.indexOf(BASE64);
        if (at < 0 || at > 200 || !url.startsWith("data:image/")) {
            throw ApiError.wrong(
                    "messages",
                    "A picture's data URL must begin as data:image/png;base64, or with another picture type.");
        }
        byte[] picture;
        try {
            picture = Base64.getDecoder().decode(url.substring(at + BASE64.length()));
        } catch (IllegalArgumentException e) {
            throw ApiError.wrong("messages", "A picture's data URL holds what is not base64.");
        }
        if (picture.length == 0) {
            throw ApiError.wrong("messages", "A picture's data URL holds no picture.");
        }
        return keep(folder.path().resolve(Sha256.of(picture)), picture);
    }

    private synchronized Path keep(Path file, byte[] picture) {
        Kept one = kept.get(file);
        if (one == null) {
            FileTrouble.writing(file, () -> Files.write(file, picture));
            one = new Kept(picture.length);
            kept.put(file, one);
            bytes += picture.length;
        }
        one.users++;
        return file;
    }

    synchronized void release(Path file) {
        Objects.requireNonNull(kept.get(file)).users--;
        Iterator<Map.Entry<Path, Kept>> oldest = kept.entrySet().iterator();
        while (bytes > BYTES && oldest.hasNext()) {
            Map.Entry<Path, Kept> one = oldest.next();
            if (one.getValue().users == 0) {
                bytes -= one.getValue().bytes;
                delete(one.getKey());
                oldest.remove();
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a picture could not be deleted", e);
        }
    }

    @Override
    public synchronized void close() {
        kept.clear();
        folder.close();
    }
}
