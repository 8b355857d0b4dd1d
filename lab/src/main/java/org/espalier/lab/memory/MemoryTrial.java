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
import tools.jackson.databind.JsonNode;

/**
 * The memory of one shape: a checkpoint of random weights in a folder, a picture of noise, and each step in a process of its
 * own.
 *
 * @param folder is there; the checkpoint in it is used if there is one, else made
 * @param side of the picture, in pixels
 */
public record MemoryTrial(CheckpointShape shape, Path folder, int side, List<MemoryStep> steps) {
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
        if (!Files.exists(folder.resolve(Checkpoint.INDEX))) {
            RandomCheckpoint.write(folder, shape, progress);
        }
        drawPicture();
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

    /** Does one step in this process. */
    public MemoryStep.Taken here(MemoryStep step) {
        return step.take(folder, picture());
    }

    private void requireMemory(WeightInventory weights) {
        long needed = weights.bytes() + LEAST;
        long room = Placement.CPU.room();
        if (weights.bytes() > LEAST && room < needed) {
            throw new SurroundingsException(String.format(
                    Locale.ROOT,
                    "%s takes at least %.1f GiB of memory, and %.1f are free: end other programs, or take a smaller shape.",
                    shape.name(),
                    needed / (double) (1L << 30),
                    room / (double) (1L << 30)));
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
        List<String> words = List.of(
                "perf",
                "memory",
                "--here",
                "--shape",
                shape.name(),
                "--folder",
                folder.toString(),
                "--side",
                String.valueOf(side),
                "--steps",
                step.label(),
                "--json",
                figures.toString());
        long start = System.nanoTime();
        try (EspalierProcess process = EspalierProcess.alike(log, words)) {
            while (!process.ends(Duration.ofSeconds(1))) {
                long elapsed = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                progress.at(
                        "perf memory " + shape.name() + ", " + step.label(),
                        elapsed,
                        Math.max(elapsed + 1, expected.toSeconds()),
                        "seconds; " + process.residentMib().orElse(0) + " MiB");
            }
            process.succeeds();
        }
        JsonNode taken = JsonFile.read(figures, "a process of this measurement writes it");
        return new MemoryStep.Taken(
                step.label(),
                taken.path("tokens").asInt(),
                taken.path("layers_again").asInt(),
                taken.path("load_seconds").asDouble(),
                taken.path("step_seconds").asDouble(),
                taken.path("peak_mib").asLong());
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
