package org.espalier.endpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.espalier.core.file.FileTrouble;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.PictureTerms;
import org.espalier.picture.PictureReader;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that were looked at lately: one agent after the other shows the same, and its hash, or a copy of it, takes
 * longer than much of a call. A file whose size or time has changed is looked at again. Thread-safe.
 */
final class PictureHashes {
    private static final int MOST = 8192;
    /** Bytes of copies that are kept; beyond that they are made again when they are sent again. */
    private static final long MOST_COPIED = 256 << 20;
    /** That are decoded at once. */
    private static final int MEGAPIXELS = 100;

    private final PictureTerms terms;
    private final Map<Path, Seen> lately = new LinkedHashMap<>(16, 0.75f, true);
    private long copied;
    private final Semaphore megapixels = new Semaphore(MEGAPIXELS, true);

    private record Seen(EncodedPicture picture, long size, FileTime changed) {
        long copied() {
            return picture.copy().isPresent() ? picture.bytes() : 0;
        }
    }

    PictureHashes(PictureTerms terms) {
        this.terms = terms;
    }

    /** As {@link EncodedPicture#of}; for a model in this process, of a picture that can be decoded. */
    EncodedPicture of(Path file) {
        return FileTrouble.reading(file, () -> {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            long size = now.size();
            FileTime changed = now.lastModifiedTime();
            Seen before = known(file);
            if (before != null && before.size() == size && before.changed().equals(changed)) {
                return before.picture();
            }
            EncodedPicture picture = looked(file);
            keep(file, new Seen(picture, size, changed));
            return picture;
        });
    }

    private EncodedPicture looked(Path file) {
        boolean local = terms.equals(PictureTerms.ANY);
        if (!local && terms.against(file).isEmpty()) {
            return EncodedPicture.of(file, terms);
        }
        PictureReader reader = new PictureReader();
        int needed = (int) Math.clamp(reader.size(file).pixels() / 1_000_000 + 1, 1, MEGAPIXELS);
        megapixels.acquireUninterruptibly(needed);
        try {
            if (local) {
                reader.read(file);
            }
            return EncodedPicture.of(file, terms);
        } finally {
            megapixels.release(needed);
        }
    }

    private @Nullable Seen known(Path file) {
        synchronized (lately) {
            return lately.get(file);
        }
    }

    private void keep(Path file, Seen seen) {
        synchronized (lately) {
            Seen former = lately.put(file, seen);
            copied += seen.copied() - (former == null ? 0 : former.copied());
            Iterator<Seen> oldest = lately.values().iterator();
            while (lately.size() > MOST || copied > MOST_COPIED) {
                copied -= oldest.next().copied();
                oldest.remove();
            }
        }
    }
}
