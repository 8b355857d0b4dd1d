package org.espalier.lab.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Sha256;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;
import org.espalier.picture.internal.webp.WebpDecoder;
import org.espalier.picture.similar.PerceptualHash;

/**
 * WebP pictures decoded in processes beside this one, and in this process, in turn: thinned and hashed as an intake does it,
 * or whole as a model reads them.
 */
public record WebpBenchmark(List<byte[]> pictures, int threads, boolean whole) {
    /** Where a picture is decoded. */
    public enum Place {
        HERE(WebpDecoder.inThisProcess()),
        BESIDE(new WebpDecoder());

        private final WebpDecoder decoder;

        Place(WebpDecoder decoder) {
            this.decoder = decoder;
        }
    }

    /**
     * One pass over all pictures.
     *
     * @param cpu of this process and of those that it started
     * @param checksum over all pixels
     */
    public record Pass(Duration wall, Duration cpu, long checksum) {}

    /**
     * Over the pictures of a folder.
     *
     * @param whole every pixel, rather than those that an intake needs
     */
    public static WebpBenchmark over(Path folder, int threads, boolean whole) {
        List<byte[]> pictures = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*.webp")) {
            for (Path file : files) {
                pictures.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
        if (pictures.isEmpty()) {
            throw new InputException("no file in " + folder + " ends with .webp: name a folder of WebP pictures.");
        }
        return new WebpBenchmark(pictures, threads, whole);
    }

    /** So many passes of each place, in turn, after one that is not counted. */
    public Map<Place, List<Pass>> run(int runs, Progress progress) throws InterruptedException {
        Map<Place, List<Pass>> passes = new EnumMap<>(Place.class);
        for (int run = 0; run <= runs; run++) {
            for (Place place : Place.values()) {
                progress.at("decoding " + place, run, runs, "");
                Pass pass = pass(place.decoder);
                if (run > 0) {
                    passes.computeIfAbsent(place, _ -> new ArrayList<>()).add(pass);
                }
            }
        }
        return passes;
    }

    private Pass pass(WebpDecoder decoder) throws InterruptedException {
        Duration before = cpu();
        long start = System.nanoTime();
        long checksum = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> sums = new ArrayList<>();
            for (byte[] picture : pictures) {
                sums.add(workers.submit(() -> decoded(decoder, picture)));
            }
            for (Future<Long> sum : sums) {
                checksum += sum.get();
            }
        } catch (ExecutionException e) {
            throw new InputException("one of the pictures cannot be decoded: " + e.getCause(), e);
        }
        return new Pass(Duration.ofNanos(System.nanoTime() - start), cpu().minus(before), checksum);
    }

    private long decoded(WebpDecoder decoder, byte[] picture) throws IOException, UnreadablePicture {
        PictureHeader header = decoder.header(PictureBytes.of(picture));
        int step = whole ? 1 : Math.max(1, Math.min(header.width(), header.height()) / PerceptualHash.ENOUGH);
        byte[] rgb = decoder.decode(picture, header, step);
        CRC32 sum = new CRC32();
        sum.update(rgb);
        if (whole) {
            return sum.getValue();
        }
        long hash = PerceptualHash.of(rgb, header.columns(step), header.rows(step));
        return sum.getValue() ^ hash ^ Sha256.of(picture).hashCode();
    }

    private static Duration cpu() {
        ProcessHandle self = ProcessHandle.current();
        return self.children().map(WebpBenchmark::cpu).reduce(cpu(self), Duration::plus);
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
