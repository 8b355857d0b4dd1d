package org.espalier.ssui.intake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.espalier.core.file.Json;
import org.espalier.core.work.GroupWork;
import org.espalier.picture.PictureScanner;

/** Looks at pictures, a group of them after the other, with all cores; a {@link org.espalier.picture.Scan} as JSON for each. */
record PictureLooks(List<Path> files, PictureScanner scanner) implements GroupWork {
    /** Pictures looked at together: enough for every core, and for an endpoint's concurrency. */
    static final int GROUP = 256;

    private static final long HEARD_EVERY_MS = 200;

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
            List<Future<String>> scans = some.stream()
                    .map(file -> cores.submit(() -> Json.line(Json.tree(scanner.scan(file)))))
                    .toList();
            List<String> lines = new ArrayList<>();
            for (Future<String> scan : scans) {
                lines.add(line(scan, () -> heard.accept(lines.size())));
            }
            return lines;
        } finally {
            cores.shutdownNow();
        }
    }

    /** One picture may take half a minute: whoever wants all to stop says so meanwhile, by what {@code heard} throws. */
    private static String line(Future<String> scan, Runnable heard) {
        try {
            while (true) {
                try {
                    return scan.get(HEARD_EVERY_MS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    heard.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
