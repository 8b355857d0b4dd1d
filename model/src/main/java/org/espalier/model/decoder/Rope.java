package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.tensor.Placement;

/**
 * Rotary positions as two factors: {@code x·cos + swapHalves(x)·sin}, where the sign of the rotation already lies in
 * {@code sin}.
 *
 * @param cos {@code [tokens, 1, width]}
 * @param sin {@code [tokens, 1, width]}, its first half negated
 */
public record Rope(Tensor cos, Tensor sin) {
    /** Of the decoder: {@code positions} has three rows (time, height, width), or three equal ones. */
    public static Rope of(TextShape shape, long[][] positions, Placement placement) {
        int half = shape.headWidth() / 2;
        int[] axis = axes(shape.mropeSections(), half);
        float[] frequencies = shape.rope().of(half);
        int tokens = positions[0].length;
        float[] angles = new float[tokens * half];
        for (int t = 0; t < tokens; t++) {
            for (int i = 0; i < half; i++) {
                angles[t * half + i] = positions[axis[i]][t] * frequencies[i];
            }
        }
        return ofAngles(angles, tokens, half, placement);
    }

    /** {@code angles [tokens, half]}, row by row; each serves both halves of the width. */
    public static Rope ofAngles(float[] angles, int tokens, int half, Placement placement) {
        int width = 2 * half;
        float[] cos = new float[tokens * width];
        float[] sin = new float[tokens * width];
        for (int t = 0; t < tokens; t++) {
            for (int i = 0; i < half; i++) {
                double angle = angles[t * half + i];
                float c = (float) Math.cos(angle);
                float s = (float) Math.sin(angle);
                cos[t * width + i] = c;
                cos[t * width + half + i] = c;
                sin[t * width + i] = -s;
                sin[t * width + half + i] = s;
            }
        }
        return new Rope(placement.numbers(cos, tokens, 1, width), placement.numbers(sin, tokens, 1, width));
    }

    /** {@code 1 / theta^(i / count)} for i below {@code count}, rounded to float32. */
    public static float[] frequencies(int count, double theta) {
        float[] frequencies = new float[count];
        for (int i = 0; i < count; i++) {
            frequencies[i] = (float) (1.0 / Math.pow(theta, (double) i / count));
        }
        return frequencies;
    }

    /** Rotates {@code x [tokens, heads, width]}, or with leading axes before {@code tokens}. */
    public Tensor rotate(Tensor x) {
        int last = (int) x.dim() - 1;
        long half = x.size(last) / 2;
        Tensor swapped = switch (last) {
            case 2 -> x.view(x.size(0), x.size(1), 2, half).flip(2).view(x.size(0), x.size(1), 2 * half);
            case 3 ->
                x.view(x.size(0), x.size(1), x.size(2), 2, half)
                        .flip(3)
                        .view(x.size(0), x.size(1), x.size(2), 2 * half);
            default -> throw new IllegalArgumentException("rotary positions apply to 3 or 4 axes, not " + (last + 1));
        };
        return x.mul(cos).addcmul(swapped, sin);
    }

    /** Rotates {@code x [tokens, heads, width]} where it lies. */
    void rotate_(Tensor x) {
        long half = x.size(2) / 2;
        Tensor swapped = cat(new TensorVector(x.narrow(2, half, half), x.narrow(2, 0, half)), 2);
        x.mul_(cos).addcmul_(swapped, sin);
    }

    /** The rotation that undoes this one, which carries gradients back. */
    Rope backwards() {
        return new Rope(cos, sin.neg());
    }

    private static int[] axes(List<Integer> sections, int half) {
        int[] axis = new int[half];
        int i = 0;
        for (int s = 0; s < sections.size(); s++) {
            for (int n = 0; n < sections.get(s); n++) {
                axis[i++] = s % 3;
            }
        }
        return axis;
    }
}
