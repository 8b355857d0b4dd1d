package org.espalier.ssui.intake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Json;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;

/**
 * Takes pictures out of a pool: their files go, and the list of refused pictures says why. What was built of them stays,
 * and a build that was started with the pool as it was is not continued with what is left.
 */
public record Removal(Pool pool, Collection<String> ids, String why) {
    /**
     * Takes them out. Repeating it after a crash ends the same.
     *
     * @return how many are left
     * @throws InputException if the pool has no such picture, or is not filled yet
     */
    public int run() {
        List<PooledPicture> all = pool.read();
        List<PooledPicture> out =
                ids.stream().distinct().map(id -> find(all, id)).toList();
        if (Files.exists(pool.folder().resolve(Intake.WORK))) {
            throw new InputException(
                    "the intake into " + pool.folder() + " has not finished: repeat its command first");
        }
        List<PooledPicture> left = new ArrayList<>(all);
        left.removeAll(out);
        refuse(out);
        Path summary = pool.folder().resolve(IntakeSummary.NAME);
        if (Files.exists(summary)) {
            AtomicFile.write(
                    summary, Json.page(Json.tree(IntakeSummary.read(pool).without(out, left))));
        }
        pool.write(left);
        for (PooledPicture picture : out) {
            Folders.delete(pool.file(picture));
        }
        return left.size();
    }

    private PooledPicture find(List<PooledPicture> all, String id) {
        return all.stream()
                .filter(picture -> picture.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InputException("the pool " + pool.folder() + " has no picture \"" + id
                        + "\": ids stand in " + Pool.NAME + " and in what a build says"));
    }

    private void refuse(List<PooledPicture> out) {
        Path file = pool.folder().resolve(Pool.REFUSED);
        List<String> before =
                FileTrouble.reading(file, () -> Files.exists(file) ? Files.readAllLines(file) : List.of());
        List<String> lines = Stream.concat(
                        before.stream(),
                        out.stream()
                                .map(picture -> Json.line(new Refusal(picture.source(), Refusal.REMOVED, why).json())))
                .distinct()
                .toList();
        AtomicFile.lines(file, lines.stream());
    }
}
