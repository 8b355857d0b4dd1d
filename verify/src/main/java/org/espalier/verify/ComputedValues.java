package org.espalier.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.family.ImageProcessor;
import org.espalier.tensor.Placement;
import org.espalier.tensor.TensorInfo;

/** Everything that a model computed in one placement, always in the same order. */
final class ComputedValues {
    private static final double[] OF_GREATEST = {};

    private final Placement placement;
    private final List<ComputedValue> all = new ArrayList<>();

    /** @param placement of the tensors that are added */
    ComputedValues(Placement placement) {
        this.placement = placement;
    }

    List<ComputedValue> all() {
        return all;
    }

    void numbers(String group, String key, Tensor values) {
        derived(group, key, values, group, OF_GREATEST);
    }

    void numbers(String group, String key, double... values) {
        derived(group, key, values, group);
    }

    void numbers(String group, String key, float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        numbers(group, key, wide);
    }

    /** Numbers that are as exact as those of another group. */
    void derived(String group, String key, double[] values, String source) {
        all.add(new ComputedValue.Numbers(group, key, values, List.of(), source, OF_GREATEST));
    }

    /** As {@link ComputedValue.Numbers} says. */
    void derived(String group, String key, Tensor values, String source, double[] reach) {
        List<Long> shape = TensorInfo.of(values).shape();
        all.add(new ComputedValue.Numbers(group, key, placement.doubles(values), shape, source, reach));
    }

    void whole(String group, String key, long... values) {
        all.add(new ComputedValue.WholeNumbers(group, key, values, Optional.empty()));
    }

    /** 8-bit samples, which the file holds normalised. */
    void samples(String group, String key, long[] values, ImageProcessor processor) {
        all.add(new ComputedValue.WholeNumbers(group, key, values, Optional.of(processor)));
    }
}
