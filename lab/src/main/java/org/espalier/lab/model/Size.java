package org.espalier.lab.model;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.espalier.model.decoder.Activation;
import org.espalier.model.decoder.RopeFrequencies;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.qwen.QwenConfig;
import org.espalier.model.qwen.VisionShape;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * The shape of a measured model and question; the same as in {@code perf/cpu_anchor.py}.
 *
 * @param side of the picture in pixels
 * @param query tokens after the picture
 * @param step tokens of a step
 * @param steps T, of the reference path and the trunk
 */
public record Size(
        String name, TextShape text, VisionShape vision, Dtype type, int side, int query, int step, int steps) {
    /** About a million numbers: calls cost more than arithmetic. */
    public static final Size TINY = new Size(
            "tiny",
            text(128, 4, 4, 2, 256, 1024, List.of(4, 6, 6), true),
            vision(2, 64, 128, 4, Set.of(1), 128),
            Dtype.F32,
            112,
            24,
            12,
            4);

    /** 70 million numbers. */
    public static final Size SMALL = new Size(
            "small",
            text(512, 8, 8, 2, 2048, 32000, List.of(8, 12, 12), false),
            vision(6, 256, 768, 4, Set.of(2, 5), 512),
            Dtype.F32,
            336,
            64,
            40,
            5);

    /** Qwen2.5-VL-3B's shape in bfloat16; needs 20 GiB. */
    public static final Size THREE_BILLION = new Size(
            "3b",
            text(2048, 36, 16, 2, 11008, 151936, List.of(16, 24, 24), true),
            vision(32, 1280, 3420, 16, Set.of(7, 15, 23, 31), 2048),
            Dtype.BF16,
            336,
            64,
            40,
            5);

    /** Qwen2.5-VL-7B's shape in bfloat16. */
    public static final Size SEVEN_BILLION = new Size(
            "7b",
            text(3584, 28, 28, 4, 18944, 152064, List.of(16, 24, 24), false),
            vision(32, 1280, 3420, 16, Set.of(7, 15, 23, 31), 3584),
            Dtype.BF16,
            336,
            64,
            40,
            5);

    public static final List<Size> ALL = List.of(TINY, SMALL, THREE_BILLION);

    /** Those that a GPU is measured with: of the largest there are figures of other programs. */
    public static final List<Size> OF_GPUS = List.of(TINY, SMALL, THREE_BILLION, SEVEN_BILLION);

    private static TextShape text(
            int hidden,
            int layers,
            int heads,
            int keyHeads,
            int feedForward,
            int vocabulary,
            List<Integer> mrope,
            boolean tied) {
        return new TextShape(
                vocabulary,
                hidden,
                layers,
                heads,
                keyHeads,
                hidden / heads,
                feedForward,
                1e-6,
                new RopeFrequencies.RoundedOnce(1e6),
                mrope,
                true,
                tied);
    }

    private static VisionShape vision(
            int depth, int hidden, int feedForward, int heads, Set<Integer> full, int output) {
        return new VisionShape(
                depth,
                hidden,
                heads,
                feedForward,
                3,
                2,
                14,
                2,
                112,
                full,
                output,
                true,
                Activation.SILU,
                new RopeFrequencies.RoundedOnce(10_000));
    }

    /** The same model and question about a picture of another size: a multiple of 28 pixels. */
    public Size withSide(int pixels) {
        return new Size(name, text, vision, type, pixels, query, step, steps);
    }

    /** On the processor, in the type of this size. */
    public Placement placement() {
        return placement(Device.CPU);
    }

    /** The same elsewhere. */
    public Placement placement(Device device) {
        return new Placement(device, type);
    }

    /** The last four ids stand for the picture's frame. */
    public QwenConfig config() {
        int vocabulary = text.vocabulary();
        return new QwenConfig(text, vision, vocabulary - 1, vocabulary - 2, frameToken(), 128_000);
    }

    /** Begins a picture; the next one ends it. */
    int frameToken() {
        return text.vocabulary() - 4;
    }

    /** Random tokens that have to do with no picture. */
    public int[] words(int count, SplittableRandom random) {
        return random.ints(count, 0, frameToken()).toArray();
    }
}
