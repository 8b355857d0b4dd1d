package org.espalier.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.hub.internal.BlobDownload;
import org.espalier.hub.internal.HubClient;
import org.espalier.hub.internal.HubTrouble;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.RemoteFile;

/**
 * Fetches known files, one after the other. What an earlier fetch began is gone on with; what comes and is not what was meant
 * is not kept.
 *
 * @param folder for what is under way
 */
public record KnownFiles(List<KnownFile> files, Path folder) {
    private static final long MEGABYTE = 1_000_000;

    public KnownFiles {
        files = List.copyOf(files);
    }

    /** Bytes of all. */
    public long bytes() {
        return files.stream().mapToLong(KnownFile::bytes).sum();
    }

    /** Bytes of them that are here already. */
    public long here() {
        return files.stream()
                .mapToLong(file -> BlobDownload.here(remote(file), folder))
                .sum();
    }

    /**
     * Fetches them.
     *
     * @param take is given each file once it is whole, and where it lies; what it leaves there is deleted
     * @throws SurroundingsException if a server fails or sends something else, or the disk is full
     */
    public void run(Progress progress, BiConsumer<KnownFile, Path> take) {
        AtomicLong fetched = new AtomicLong();
        long all = Math.ceilDiv(bytes(), MEGABYTE);
        for (int i = 0; i < files.size(); i++) {
            KnownFile file = files.get(i);
            String note = file.name() + ", " + (i + 1) + " of " + files.size() + " files";
            fetch(
                    file,
                    more -> progress.at(
                            "fetch, in MB", Math.min(all - 1, fetched.addAndGet(more) / MEGABYTE), all, note));
            Path whole = folder.resolve(file.sha256());
            take.accept(file, whole);
            try {
                Files.deleteIfExists(whole);
                Files.deleteIfExists(lock(file));
            } catch (IOException e) {
                throw FileTrouble.writing(whole, e);
            }
        }
        progress.at("fetch, in MB", all, all, files.size() + " of " + files.size() + " files");
    }

    private Path lock(KnownFile file) {
        return folder.resolve(file.sha256() + ".lock");
    }

    private void fetch(KnownFile file, LongConsumer heard) {
        HubPlace server = new HubPlace(file.address().resolve("/"), folder, Optional.empty(), false);
        try (HubClient client = new HubClient(server, 1)) {
            new BlobDownload(client, remote(file), file.address(), folder, folder, heard).run();
        } catch (IOException e) {
            if (BlobDownload.ofTheDisk(e)) {
                throw FileTrouble.writing(folder, e);
            }
            throw new SurroundingsException(
                    file.address() + " cannot be fetched: " + HubTrouble.clause(e)
                            + "; run the same command again later, it goes on where this one ended.",
                    e);
        }
    }

    private static RemoteFile remote(KnownFile file) {
        return new RemoteFile(file.name(), file.bytes(), file.sha256());
    }
}
