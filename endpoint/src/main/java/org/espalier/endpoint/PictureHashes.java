package org.espalier.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.core.file.FileTrouble;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that were looked at lately: one agent after the other shows the same, and its hash takes longer than much of
 * a call. A file whose size or time has changed is looked at again. Thread-safe.
 */
final class PictureHashes {
    private static final int MOST = 8192;

    private final Provider provider;
    private final Map<Path, Seen> lately = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Seen> eldest) {
            return size() > MOST;
        }
    };

    private record Seen(EncodedPicture picture, long size, FileTime changed) {}

    PictureHashes(Provider provider) {
        this.provider = provider;
    }

    /** As {@link EncodedPicture#of}. */
    EncodedPicture of(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            long size = now.size();
            FileTime changed = now.lastModifiedTime();
            Seen before = known(file);
            if (before != null && before.size() == size && before.changed().equals(changed)) {
                return before.picture();
            }
            EncodedPicture picture = EncodedPicture.of(file, provider);
            synchronized (lately) {
                lately.put(file, new Seen(picture, size, changed));
            }
            return picture;
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        }
    }

    private @Nullable Seen known(Path file) {
        synchronized (lately) {
            return lately.get(file);
        }
    }
}
