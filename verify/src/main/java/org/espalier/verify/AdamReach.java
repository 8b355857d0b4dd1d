package org.espalier.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Gradients;
import org.espalier.model.lora.Parameters;

/**
 * By how much steps of AdamW move each number of the parameters, where each number of a tensor's gradient moves by the
 * greatest magnitude of that tensor's: {@code lr · max|g| / (√v̂ + ε)}, added up over the steps.
 */
final class AdamReach {
    private final Parameters parameters;
    private final AdamW.Settings settings;
    private final double learningRate;
    private final Map<String, double[]> reach = new LinkedHashMap<>();

    AdamReach(Parameters parameters, AdamW.Settings settings, double learningRate) {
        this.parameters = parameters;
        this.settings = settings;
        this.learningRate = learningRate;
    }

    /**
     * Adds the step that was just done.
     *
     * @param gradients that it took, clipped
     */
    void add(AdamW optimizer, Gradients gradients) {
        double correction = 1 - Math.pow(settings.beta2(), (double) optimizer.steps());
        double[] second = parameters.placement().doubles(optimizer.secondMoment());
        int at = 0;
        for (String name : parameters.views().keySet()) {
            double[] gradient = parameters.placement().doubles(gradients.of(name));
            double[] sums = reach.computeIfAbsent(name, key -> new double[gradient.length]);
            double greatest = 0;
            for (double number : gradient) {
                greatest = Math.max(greatest, Math.abs(number));
            }
            for (int i = 0; i < gradient.length; i++) {
                sums[i] += learningRate * greatest / (Math.sqrt(second[at++] / correction) + settings.epsilon());
            }
        }
    }

    /** Of a parameter's numbers, in row-major order. */
    double[] of(String parameter) {
        return reach.getOrDefault(parameter, new double[0]);
    }
}
