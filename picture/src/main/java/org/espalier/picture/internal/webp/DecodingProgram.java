package org.espalier.picture.internal.webp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.espalier.picture.internal.OnCanvas;
import org.espalier.picture.internal.Orientation;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;

/**
 * The program of a {@link DecodingProcess}: reads jobs from its standard input, writes answers to its standard output, and
 * ends when the input does, in the middle of a picture too, so that nobody is left behind.
 */
final class DecodingProgram {
    /** The line after which answers come; before it, whatever keeps the program from starting may be said. */
    static final String GREETING = "ready";

    private static final String LIBRARY_FOLDER = "com.luciad.imageio.webp.tmpdir";
    private static final String ONE_PIXEL = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

    private final DataOutputStream out;
    private final SharedPixels shared;
    private final Libwebp libwebp = new Libwebp();
    private final BlockingQueue<DecodingJob> jobs = new ArrayBlockingQueue<>(1);
    private final Semaphore blocks = new Semaphore(0);

    private DecodingProgram(OutputStream out, SharedPixels shared) {
        this.out = new DataOutputStream(new BufferedOutputStream(out));
        this.shared = shared;
    }

    public static void main(String[] words) throws Exception {
        outliveSignals();
        DecodingProgram program =
                new DecodingProgram(new FileOutputStream(FileDescriptor.out), SharedPixels.open(Path.of(words[0])));
        // Nothing but answers may reach the standard output, which is where errors go too.
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        if (program.greet()) {
            Thread.ofPlatform().daemon().name("decoding").start(program::decode);
            program.listen();
        }
    }

    /** Ctrl-C reaches all processes of a terminal. Whether this one is still needed is for the other one to say. */
    private static void outliveSignals() {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                main.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private boolean greet() throws IOException {
        String line = GREETING;
        try {
            loadLibrary();
        } catch (IOException | UnreadablePicture | RuntimeException | LinkageError e) {
            line = "the WebP codec does not load: " + e;
        }
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return line.equals(GREETING);
    }

    /** Decodes a picture of ours, with the library in a folder of its own, which is not needed any longer then. */
    private void loadLibrary() throws IOException, UnreadablePicture {
        Path folder = Files.createTempDirectory("espalier-webp-");
        try {
            System.setProperty(LIBRARY_FOLDER, folder.toString());
            PictureHeader pixel = new PictureHeader(1, 1, Orientation.AS_STORED);
            libwebp.rgb(
                    new DecodingJob(pixel, 0, 0, 1, 1, 1, Base64.getDecoder().decode(ONE_PIXEL)));
        } finally {
            delete(folder);
        }
    }

    /** Some systems keep a library that is in use. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            boolean deleted = all.stream().allMatch(file -> file.toFile().delete());
            if (deleted) {
                Files.delete(folder);
            }
        }
    }

    private void listen() throws InterruptedException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
            while (true) {
                if (in.readUnsignedByte() == DecodingJob.NEXT_BLOCK) {
                    blocks.release();
                } else {
                    jobs.put(DecodingJob.read(in));
                }
            }
        } catch (IOException e) {
            // The other end is closed: there is nobody to answer.
            return;
        }
    }

    private void decode() {
        try {
            while (true) {
                answer(jobs.take());
            }
        } catch (IOException | InterruptedException e) {
            // The other end is closed, and the reading thread finds that out too.
            return;
        }
    }

    private void answer(DecodingJob job) throws IOException, InterruptedException {
        OnCanvas rows;
        try {
            rows = libwebp.decoded(job);
        } catch (UnreadablePicture e) {
            DecodingAnswer.reason(out, String.valueOf(e.getMessage()));
            return;
        } catch (OutOfMemoryError e) {
            DecodingAnswer.reason(out, "needs more memory to decode than one picture is given; make it smaller");
            return;
        } catch (RuntimeException | Error e) {
            DecodingAnswer.reason(out, "is damaged (" + e.getClass().getSimpleName() + "); fetch or export it again");
            return;
        }
        DecodingAnswer.begin(out, rows.rowLength() * rows.rows());
        int together = job.blockLength() / rows.rowLength();
        byte[] row = new byte[rows.rowLength()];
        for (int first = 0; first < rows.rows(); first += together) {
            if (first > 0) {
                blocks.acquire();
            }
            for (int next = first; next < Math.min(first + together, rows.rows()); next++) {
                rows.write(next, row, 0);
                shared.put((next - first) * row.length, row);
            }
            DecodingAnswer.block(out);
        }
    }
}
