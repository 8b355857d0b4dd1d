package org.espalier.ssui.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.espalier.core.InputException;
import org.espalier.core.file.Sha256;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.espalier.picture.PictureLimits;
import org.espalier.picture.PictureScanner;

/**
 * The looking at candidates as another process is told of it, which sees the pool and the pictures at the same places.
 *
 * @param chosen the list of candidates, an absolute path
 * @param hash of it
 */
record LookTask(String chosen, String hash, long bytes, long pixels, int leastSide) implements GroupTask {
    static LookTask of(Path chosen, PictureLimits limits) {
        return new LookTask(
                chosen.toAbsolutePath().normalize().toString(),
                Sha256.of(chosen),
                limits.bytes(),
                limits.pixels(),
                limits.leastSide());
    }

    @Override
    public GroupWork open(OptionalInt gpu) {
        Path file = Path.of(chosen);
        if (!Files.exists(file) || !Sha256.of(file).equals(hash)) {
            throw new InputException(file + " is not on a machine of the cluster, or is another there: the pool and the"
                    + " pictures must lie at the same places everywhere");
        }
        List<Path> files = new ChosenFile(file)
                .read().orElseThrow().candidates().stream().map(Intake::file).toList();
        return new PictureLooks(files, new PictureScanner(new PictureLimits(bytes, pixels, leastSide)));
    }
}
