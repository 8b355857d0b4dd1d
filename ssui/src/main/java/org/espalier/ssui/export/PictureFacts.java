package org.espalier.ssui.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.file.PictureFile;
import org.espalier.picture.PictureLimits;
import org.espalier.picture.PictureScanner;
import org.espalier.picture.Scan;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;

/** What is known of the pictures that drafts name: from the pool's list, else from the pictures themselves. */
final class PictureFacts {
    private final Path folder;
    private final PictureFile pictures;
    private final Map<String, PooledPicture> known = new HashMap<>();

    /** @param folder that drafts name pictures below; a pool, or any other */
    PictureFacts(Path folder) {
        this.folder = folder;
        this.pictures = new PictureFile(folder.resolve(Pool.NAME));
        if (Files.exists(folder.resolve(Pool.NAME))) {
            new Pool(folder).each(picture -> known.put(picture.image(), picture));
        }
    }

    PooledPicture of(String draft, String image) {
        return known.computeIfAbsent(image, name -> scanned(draft, name));
    }

    Path file(String draft, String image) {
        return switch (pictures.find(image)) {
            case PictureFile.Found.At(Path file) -> file;
            case PictureFile.Found.Not(String why) -> throw new InputException("draft \"" + draft + "\": " + why);
        };
    }

    private PooledPicture scanned(String draft, String image) {
        return switch (new PictureScanner(PictureLimits.LOOSE).scan(file(draft, image))) {
            case Scan.Faulty faulty ->
                throw new InputException("draft \"" + draft + "\": the picture " + image + " " + faulty.what());
            case Scan.Sound sound ->
                new PooledPicture(
                        PooledPicture.idOf(sound.sha256()),
                        image,
                        sound.sha256(),
                        sound.phash(),
                        sound.size().width(),
                        sound.size().height(),
                        sound.format().label(),
                        sound.bytes(),
                        Licence.UNKNOWN,
                        PictureSource.of(String.valueOf(folder.getFileName()), image),
                        Safety.UNVERIFIED);
        };
    }
}
