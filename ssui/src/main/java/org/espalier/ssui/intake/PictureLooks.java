package org.espalier.ssui.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.espalier.core.file.Json;
import org.espalier.core.work.GroupWork;
import org.espalier.picture.PictureScanner;

/** Looks at pictures, a group of them after the other, with all cores; a {@link org.espalier.picture.Scan} as JSON for each. */
record PictureLooks(List<Path> files, PictureScanner scanner) implements GroupWork {
    /** Pictures looked at together: enough for every core, and for an endpoint's concurrency. */
    static final int GROUP = 256;

    /** How many groups so many pictures are. */
    static int groups(int pictures) {
        return Math.ceilDiv(pictures, GROUP);
    }

    @Override
    public List<String> lines(int group, IntConsumer heard) {
        List<Path> some = files.subList(group * GROUP, Math.min((group + 1) * GROUP, files.size()));
        ExecutorService cores = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("intake-", 0).factory());
        try {
            return IntakeBatch.all(cores, some, file -> Json.line(Json.tree(scanner.scan(file))), heard);
        } finally {
            cores.shutdownNow();
        }
    }
}
