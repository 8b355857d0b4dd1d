package org.espalier.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.hub.internal.BlobDownload;
import org.espalier.hub.internal.HubClient;
import org.espalier.hub.internal.HubTrouble;
import org.espalier.hub.internal.Listing;
import org.espalier.hub.internal.SnapshotFolder;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RemoteFile;

/**
 * Fetches a version of a repository into the shared cache. What an earlier fetch began is gone on with; what is there is not
 * fetched again.
 *
 * @param include names of wanted files with {@code *} and {@code ?}; none for what Espalier reads
 */
public record Pull(HubReference what, HubPlace place, List<String> include) {
    private static final int AT_ONCE = 4;
    private static final long MEGABYTE = 1_000_000;

    public Pull {
        include = List.copyOf(include);
        if (place.offline()) {
            throw new InputException(
                    "HF_HUB_OFFLINE or TRANSFORMERS_OFFLINE is set, so that no hub is asked: unset it to fetch "
                            + what);
        }
    }

    /**
     * What came of it.
     *
     * @param folder of the version
     * @param fetched bytes that were not here before
     */
    public record Pulled(Path folder, PullPlan plan, long fetched) {}

    /**
     * What would be done; nothing is written.
     *
     * @throws InputException if the hub has no such version, or does not show it to us
     * @throws SurroundingsException if the hub cannot be reached, or answers nonsense
     */
    public PullPlan plan() {
        try (HubClient hub = new HubClient(place, AT_ONCE)) {
            return plan(hub);
        }
    }

    private PullPlan plan(HubClient hub) {
        Listing listing = listing(hub);
        WantedFiles wanted = WantedFiles.of(what.repository().kind(), include);
        List<RemoteFile> files = new ArrayList<>();
        List<RemoteFile> leftOut = new ArrayList<>();
        listing.files().values().forEach(file -> (wanted.has(file) ? files : leftOut).add(file));
        if (files.isEmpty()) {
            throw new InputException(what + " holds no file "
                    + (include.isEmpty() ? "that Espalier reads" : "called " + String.join(" or ", include)) + ", but "
                    + leftOut.size() + " others" + example(leftOut) + ": say which with --include");
        }
        long here = files.stream()
                .mapToLong(file -> BlobDownload.here(file, blobs()))
                .sum();
        return new PullPlan(listing.commit(), files, here, leftOut);
    }

    private static String example(List<RemoteFile> files) {
        return files.isEmpty() ? "" : ", such as " + files.getFirst().path();
    }

    private Listing listing(HubClient hub) {
        try {
            return Listing.of(hub, what);
        } catch (IOException e) {
            throw new HubTrouble(place, what).of(e);
        }
    }

    private Path blobs() {
        return cached().resolve("blobs");
    }

    private Path cached() {
        return new HubCache(place.cache()).repository(what.repository());
    }

    /**
     * Fetches what is not here.
     *
     * @throws InputException as {@link #plan} does
     * @throws SurroundingsException if the hub fails, sends what it did not list, or the disk is too small
     */
    public Pulled run(Progress progress) {
        try (HubClient hub = new HubClient(place, AT_ONCE)) {
            PullPlan plan = plan(hub);
            requireSpace(plan);
            fetch(hub, plan, progress);
            SnapshotFolder folder = new SnapshotFolder(cached(), plan.commit());
            plan.files().forEach(folder::link);
            folder.refer(what);
            return new Pulled(folder.path(), plan, plan.bytes() - plan.here());
        }
    }

    private void requireSpace(PullPlan plan) {
        Path there = place.cache();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        long needed = plan.bytes() - plan.here();
        Path disk = there;
        long free = FileTrouble.reading(disk, () -> Files.getFileStore(disk).getUsableSpace());
        if (needed > free) {
            throw new SurroundingsException("%s needs %,d MB more in %s, where %,d MB are free: make room, or set"
                            .formatted(what, needed / MEGABYTE + 1, place.cache(), free / MEGABYTE)
                    + " HF_HUB_CACHE to a folder on another disk.");
        }
    }

    private void fetch(HubClient hub, PullPlan plan, Progress progress) {
        List<RemoteFile> contents = plan.files();
        Heard heard = new Heard(progress, plan, contents.size());
        Path locks = place.cache().resolve(".locks").resolve(what.repository().folder());
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CompletionService<RemoteFile> done = new ExecutorCompletionService<>(threads);
            for (RemoteFile file : contents) {
                done.submit(() -> {
                    new BlobDownload(hub, file, address(hub, plan, file), blobs(), locks, heard::more).run();
                    heard.another();
                    return file;
                });
            }
            for (int i = 0; i < contents.size(); i++) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException();
        } finally {
            threads.shutdownNow();
            hub.close();
            threads.close();
        }
    }

    private URI address(HubClient hub, PullPlan plan, RemoteFile file) {
        return hub.address(
                what.repository().address() + "/resolve/" + plan.commit() + "/" + Listing.encodedPath(file.path()));
    }

    private RuntimeException failed(Throwable cause) {
        return switch (cause) {
            case java.nio.file.FileSystemException e -> FileTrouble.writing(blobs(), e);
            case IOException e
            when String.valueOf(e.getMessage()).contains("No space left") -> FileTrouble.writing(blobs(), e);
            case IOException e -> new HubTrouble(place, what).of(e);
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }

    /** Adds up what all downloads tell. */
    private static final class Heard {
        private final Progress progress;
        private final long bytes;
        private final int files;
        private final AtomicLong here = new AtomicLong();
        private final AtomicInteger done = new AtomicInteger();

        Heard(Progress progress, PullPlan plan, int files) {
            this.progress = progress;
            this.bytes = plan.bytes();
            this.files = files;
        }

        void more(long bytesMore) {
            tell(here.addAndGet(bytesMore));
        }

        void another() {
            done.incrementAndGet();
            tell(here.get());
        }

        private void tell(long now) {
            // Rounded up, so that what is under way is not shown as finished.
            long total = Math.ceilDiv(bytes, MEGABYTE);
            long shown = done.get() == files ? total : Math.min(now / MEGABYTE, Math.max(0, total - 1));
            progress.at("fetch, in MB", shown, total, done.get() + " of " + files + " files");
        }
    }

    @Override
    public String toString() {
        return Objects.toString(what);
    }
}
