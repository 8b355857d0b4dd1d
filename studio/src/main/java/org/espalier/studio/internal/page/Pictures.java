package org.espalier.studio.internal.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.PictureFile;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.resize.Thumbnail;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.internal.web.Response;

/**
 * Pictures below one folder, whole and small. No name leads out of the folder, by dots, links or otherwise, and nothing
 * goes out that does not begin as a picture does. Thread-safe.
 */
public final class Pictures {
    private static final int MINUTES = 600;
    private static final long LARGEST = 100_000_000;
    /** Longest side of a small picture, in pixels. */
    private static final int SMALL = 240;

    private static final int KEPT = 600;

    private final PictureFile files;
    /** Making small ones of large ones takes a processor; one at a time leaves the other for pages. */
    private final Semaphore making = new Semaphore(1);

    private final Map<String, Response> small = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Response> eldest) {
            return size() > KEPT;
        }
    };

    public Pictures(Path folder) {
        this.files = new PictureFile(folder.resolve("list"));
    }

    /** The picture of this name as it is. */
    public Response whole(String name) {
        byte[] bytes = bytes(name);
        PictureFormat format =
                PictureFormat.of(bytes).orElseThrow(() -> Refused.unknown(name + " is no picture that browsers show."));
        return Response.kept(format.mediaType(), bytes, MINUTES);
    }

    /** The same, no larger than a list needs. */
    public Response small(String name) {
        synchronized (small) {
            Response known = small.get(name);
            if (known != null) {
                return known;
            }
        }
        Response made = made(name);
        synchronized (small) {
            small.put(name, made);
        }
        return made;
    }

    private Response made(String name) {
        byte[] bytes = bytes(name);
        making.acquireUninterruptibly();
        try {
            return Response.kept(PictureFormat.JPEG.mediaType(), Thumbnail.jpeg(bytes, name, SMALL), MINUTES);
        } catch (InputException e) {
            throw Refused.unknown(String.valueOf(e.getMessage()));
        } finally {
            making.release();
        }
    }

    private byte[] bytes(String name) {
        return switch (files.find(name)) {
            case PictureFile.Found.Not(String why) -> throw Refused.unknown(why);
            case PictureFile.Found.At(Path file) -> {
                if (FileTrouble.reading(file, () -> Files.size(file)) > LARGEST) {
                    throw Refused.unknown(name + " is larger than " + LARGEST / 1_000_000 + " MB.");
                }
                yield FileTrouble.reading(file, () -> Files.readAllBytes(file));
            }
        };
    }
}
