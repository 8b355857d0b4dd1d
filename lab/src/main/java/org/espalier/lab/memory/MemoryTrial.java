package org.espalier.lab.memory;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.JsonFile;
import org.espalier.lab.process.EspalierProcess;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * The memory of one shape: a checkpoint of random weights in a folder, a picture of noise, and each step in a process of its
 * own.
 *
 * @param folder is there; the checkpoint in it is used if there is one, else made
 * @param side of the picture, in pixels
 * @param room bytes that are taken to be free for a step of training; empty: as many as there are
 */
public record MemoryTrial(CheckpointShape shape, Path folder, int side, List<MemoryStep> steps, OptionalLong room) {
    private static final double GIB = 1L << 30;
    /** Beside the weights nothing useful can be done in less. */
    private static final long LEAST = 3L << 30;
    /** Floating-point operations a second, for the estimate: two cores with instructions for the type, and without. */
    private static final double HALF_FLOPS = 300e9;

    private static final double FLOPS = 60e9;

    /**
     * What a shape takes.
     *
     * @param weights their bytes
     */
    public record Outcome(String shape, int side, long weights, List<MemoryStep.Taken> steps) {
        public Outcome {
            steps = List.copyOf(steps);
        }

        /** The peak of a step as a share of the weights' bytes. */
        public double share(MemoryStep.Taken taken) {
            return (taken.peakMib() << 20) / (double) weights;
        }
    }

    public MemoryTrial {
        steps = List.copyOf(steps);
    }

    /** The picture that all steps look at. */
    private Path picture() {
        return folder.resolve("noise-" + side + ".png");
    }

    /**
     * Measures.
     *
     * @param say hears each step's line as soon as it is known
     * @throws SurroundingsException if there is too little room on the disk or in memory
     */
    public Outcome run(Consumer<MemoryStep.Taken> say, Progress progress) throws InterruptedException {
        prepare(progress);
        ModelFolder model = ModelFolder.open(folder);
        WeightInventory weights = model.inventory();
        requireMemory(weights);
        int ofPicture = model.picture(picture()).tokens();
        List<MemoryStep.Taken> taken = new ArrayList<>();
        for (MemoryStep step : steps) {
            taken.add(measured(step, expected(step, weights, ofPicture), progress));
            say.accept(taken.getLast());
        }
        return new Outcome(shape.name(), side, weights.bytes(), taken);
    }

    /**
     * Makes the checkpoint, if it is not there, and the picture.
     *
     * @throws InputException if the folder holds another model
     */
    void prepare(Progress progress) {
        Path config = folder.resolve("config.json");
        if (Files.exists(config)
                && !JsonFile.read(config, "a model folder has it").equals(shape.config())) {
            throw new InputException(folder + " holds a model of another shape: name another folder");
        }
        if (!Files.exists(folder.resolve(Checkpoint.INDEX))) {
            requireDisk();
            RandomCheckpoint.write(folder, shape, progress);
        }
        drawPicture();
    }

    private void requireDisk() {
        long bytes = RandomCheckpoint.parameters(shape, folder) * shape.type().bits() / Byte.SIZE;
        long usable =
                FileTrouble.reading(folder, () -> Files.getFileStore(folder).getUsableSpace());
        if (usable < bytes) {
            throw new SurroundingsException(String.format(
                    Locale.ROOT,
                    "The weights of %s are %.1f GB, and %s has room for %.1f: name a folder on another disk.",
                    shape.name(),
                    bytes / 1e9,
                    folder,
                    usable / 1e9));
        }
    }

    /** Does one step in this process. */
    public MemoryStep.Taken here(MemoryStep step) {
        return step.take(folder, picture(), room);
    }

    private void requireMemory(WeightInventory weights) {
        long needed = weights.bytes() + LEAST;
        long free = Placement.CPU.room();
        if (weights.bytes() > LEAST && free < needed) {
            throw new SurroundingsException(String.format(
                    Locale.ROOT,
                    "%s takes at least %.1f GiB of memory, and %.1f are free: end other programs, or take a smaller shape.",
                    shape.name(),
                    needed / GIB,
                    free / GIB));
        }
    }

    private Duration expected(MemoryStep step, WeightInventory weights, int ofPicture) {
        boolean backwards = step == MemoryStep.SFT || step == MemoryStep.SRPO;
        double operations = 2.0 * weights.parameters() * step.tokens(ofPicture) * (backwards ? 3 : 1);
        double seconds = 3
                + weights.bytes() / 0.5e9
                + operations / (shape.type() == Dtype.BF16 ? HALF_FLOPS : FLOPS)
                + (step == MemoryStep.SAMPLE ? weights.bytes() / 0.2e9 : 0);
        return Duration.ofMillis((long) (1000 * seconds));
    }

    private MemoryStep.Taken measured(MemoryStep step, Duration expected, Progress progress)
            throws InterruptedException {
        Path figures = folder.resolve("taken-" + step.label() + ".json");
        Path log = folder.resolve("log-" + step.label() + ".txt");
        List<String> words = EspalierProcess.words(
                "perf memory --here --shape " + shape.name() + " --side " + side + " --steps " + step.label(),
                List.of("--folder", folder, "--json", figures),
                room.isPresent() ? List.of("--room", room.getAsLong() / GIB) : List.of());
        long start = System.nanoTime();
        try (EspalierProcess process = EspalierProcess.alike(log, words)) {
            while (!process.ends(Duration.ofSeconds(1))) {
                long elapsed = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                progress.at(
                        "perf memory " + shape.name() + ", " + step.label(),
                        elapsed,
                        elapsed < expected.toSeconds() ? expected.toSeconds() : 0,
                        "seconds; " + process.residentMib().orElse(0) + " MiB");
            }
            process.succeeds();
        }
        return JsonFile.read(figures, MemoryStep.Taken.class, "a process of this measurement writes it");
    }

    private void drawPicture() {
        SplittableRandom random = new SplittableRandom(2);
        BufferedImage noise = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                noise.setRGB(x, y, random.nextInt());
            }
        }
        try (OutputStream out = Files.newOutputStream(picture())) {
            if (!ImageIO.write(noise, "png", out)) {
                throw new InputException("this Java writes no PNG files");
            }
        } catch (IOException e) {
            throw FileTrouble.writing(picture(), e);
        }
    }
}
