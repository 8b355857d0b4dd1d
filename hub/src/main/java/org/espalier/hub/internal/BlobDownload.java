package org.espalier.hub.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.espalier.core.SurroundingsException;
import org.espalier.hub.internal.HubClient.Answer;
import org.espalier.hub.repository.RemoteFile;

/**
 * Fetches the content of one file into the cache: into {@code HASH.incomplete} first, which a later try goes on with, and to its
 * own name once every byte is there and the hash is right. One process at a time has the lock of a content.
 */
public final class BlobDownload {
    private static final int TRIES = 6;
    private static final long PAUSE = 250;
    private static final long LONGEST_PAUSE = 20_000;

    private final HubClient hub;
    private final RemoteFile file;
    private final URI address;
    private final Path blob;
    private final Path incomplete;
    private final Path lock;
    private final LongConsumer heard;
    private long told;

    /**
     * @param blobs the folder for contents
     * @param locks the folder for their locks
     * @param heard how many bytes more are here, or fewer, after each piece; may throw to stop
     */
    public BlobDownload(HubClient hub, RemoteFile file, URI address, Path blobs, Path locks, LongConsumer heard) {
        this.hub = hub;
        this.file = file;
        this.address = address;
        this.blob = blobs.resolve(file.hash());
        this.incomplete = blobs.resolve(file.hash() + ".incomplete");
        this.lock = locks.resolve(file.hash() + ".lock");
        this.heard = heard;
    }

    /** Bytes of a file that are here already, whole or begun. */
    public static long here(RemoteFile file, Path blobs) {
        long whole = size(blobs.resolve(file.hash()));
        return whole == file.bytes()
                ? whole
                : Math.min(file.bytes(), Math.max(0, size(blobs.resolve(file.hash() + ".incomplete"))));
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** Fetches it, unless it is here. */
    public void run() throws IOException {
        Files.createDirectories(blob.getParent());
        if (size(blob) == file.bytes()) {
            tell(file.bytes());
            return;
        }
        try (SystemLock held = await()) {
            if (size(blob) != file.bytes()) {
                fetch();
            }
            tell(file.bytes());
        }
    }

    /** Another process that has the lock is fetching the same, or was a moment ago. */
    private SystemLock await() throws IOException {
        while (true) {
            Optional<SystemLock> taken = SystemLock.attempt(lock);
            if (taken.isPresent()) {
                return taken.get();
            }
            heard.accept(0);
            sleep(PAUSE);
        }
    }

    private void fetch() throws IOException {
        int tries = 0;
        while (true) {
            long before = Math.max(0, size(incomplete));
            try {
                if (attempt()) {
                    return;
                }
            } catch (RefusedException e) {
                if (!e.passes() || ++tries >= TRIES) {
                    throw e;
                }
            } catch (IOException e) {
                // Whoever sends something worth while each time is worth asking again.
                tries = size(incomplete) - before >= HubLimits.PACE ? 1 : tries + 1;
                if (tries >= TRIES || ofTheDisk(e)) {
                    throw e;
                }
            }
            heard.accept(0);
            sleep(Math.min(LONGEST_PAUSE, hub.limits().pause().toMillis() << Math.min(tries, 10)));
        }
    }

    /** Whether the failure is this machine's, where asking again would not help. */
    public static boolean ofTheDisk(IOException e) {
        return e instanceof FileSystemException
                || String.valueOf(e.getMessage()).contains("No space left");
    }

    /** One request; false where what had been begun was wrong and is thrown away. */
    private boolean attempt() throws IOException {
        if (size(incomplete) > file.bytes() || Files.isSymbolicLink(incomplete)) {
            Files.delete(incomplete);
        }
        long begun = Math.max(0, size(incomplete));
        Content content = Content.of(file);
        if (begun > 0) {
            begun = content.add(incomplete);
        }
        long from = begun;
        boolean resumed = begun > 0;
        Content whole = content;
        if (from < file.bytes() || from == 0) {
            Map<String, String> range = resumed ? Map.of("Range", "bytes=" + from + "-") : Map.of();
            try {
                whole = hub.get(address, range, answer -> received(answer, content, from));
            } catch (RefusedException e) {
                if (e.status() == 416 && resumed) {
                    Files.delete(incomplete);
                    return false;
                }
                throw e;
            }
        }
        return keep(whole, resumed);
    }

    private Content received(Answer answer, Content begun, long from) throws IOException {
        boolean goesOn = from > 0 && answer.status() == 206;
        if (goesOn && !answer.header("content-range").orElse("").startsWith("bytes " + from + "-")) {
            throw new IOException("it sends another part of " + file.path() + " than was asked for");
        }
        if (answer.status() == 206 && !goesOn) {
            throw new IOException("it sends a part of " + file.path() + " where the whole was asked for");
        }
        Content content = goesOn || from == 0 ? begun : Content.of(file);
        long at = goesOn ? from : 0;
        tell(at);
        try (FileChannel channel = FileChannel.open(
                        incomplete,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
                OutputStream out = Channels.newOutputStream(channel)) {
            byte[] piece = new byte[1 << 16];
            long pace = hub.limits().pace().toNanos();
            long due = at + HubLimits.PACE;
            long deadline = System.nanoTime() + pace;
            for (int n = answer.body().read(piece); n >= 0; n = answer.body().read(piece)) {
                if (at >= due) {
                    due = at + HubLimits.PACE;
                    deadline = System.nanoTime() + pace;
                } else if (System.nanoTime() > deadline) {
                    throw new SocketTimeoutException("it sends less than 2 kB a second");
                }
                if (at + n > file.bytes()) {
                    channel.truncate(0);
                    throw wrong("is longer than the %,d bytes that it should have".formatted(file.bytes()));
                }
                out.write(piece, 0, n);
                content.add(piece, n);
                at += n;
                tell(at);
            }
            channel.force(true);
        }
        if (at < file.bytes()) {
            throw new IOException("it sent %,d of %,d bytes of ".formatted(at, file.bytes()) + file.path());
        }
        return content;
    }

    private boolean keep(Content whole, boolean resumed) throws IOException {
        if (!whole.hash().equals(file.hash())) {
            Files.delete(incomplete);
            if (resumed) {
                // What lay there may have been begun from something else.
                tell(0);
                return false;
            }
            throw wrong("does not have the content that it should have (its hash differs)");
        }
        Files.move(incomplete, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private SurroundingsException wrong(String what) {
        return new SurroundingsException("What came as " + file.path() + " " + what
                + ": nothing of it is kept; try again, and if that does not help, another server.");
    }

    private void tell(long here) {
        heard.accept(here - told);
        told = here;
    }

    private static void sleep(long milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException();
        }
    }
}
