package org.espalier.model.lora;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.core.settings.Setting;
import org.espalier.core.settings.SettingKey;
import org.espalier.tensor.Scope;

/**
 * AdamW with decoupled weight decay and the gradient's norm clipped; its state can be saved and put back. It owns its moments,
 * not the parameters that it moves. Not thread-safe.
 */
public final class AdamW implements AutoCloseable {
    /**
     * How it steps.
     *
     * @param clip a gradient whose norm over all parameters is greater is scaled down to it
     */
    public record Settings(
            @Setting(help = "Decay of AdamW's mean.", min = 0, max = 0.9999999)
            double beta1,

            @Setting(help = "Decay of AdamW's variance.", min = 0, max = 0.9999999)
            double beta2,

            @Setting(help = "AdamW's epsilon.", above = 0) double epsilon,

            @Setting(help = "AdamW's weight decay.", min = 0)
            double weightDecay,

            @Setting(help = "Greatest norm of the gradient.", above = 0)
            double clip) {
        /** @throws org.espalier.core.InputException if a number is out of its range */
        public Settings {
            SettingKey.check(Settings.class, beta1, beta2, epsilon, weightDecay, clip);
        }
    }

    private final Parameters parameters;
    private final Settings settings;
    private final Tensor first;
    private final Tensor second;
    private long steps;

    public AdamW(Parameters parameters, Settings settings) {
        this.parameters = parameters;
        this.settings = settings;
        this.first = Scope.own(torch.zeros_like(parameters.flat()));
        this.second = Scope.own(torch.zeros_like(parameters.flat()));
    }

    /** Steps done. */
    public long steps() {
        return steps;
    }

    /** Running mean of the gradient, as long as all parameters together. */
    public Tensor firstMoment() {
        return first;
    }

    /** Running mean of its square. */
    public Tensor secondMoment() {
        return second;
    }

    /** Resumes from a saved state. */
    public void restore(long stepsDone, Tensor firstMoment, Tensor secondMoment) {
        try (NoGradGuard guard = new NoGradGuard()) {
            first.copy_(firstMoment);
            second.copy_(secondMoment);
        }
        steps = stepsDone;
    }

    /** Counts a step that another process has taken, and whose parameters this one is given. */
    public void follow() {
        steps++;
    }

    /**
     * Clips a gradient, changing it, and moves the parameters.
     *
     * @param gradient in the order of the parameters
     * @return its norm before clipping
     */
    public double step(double learningRate, Tensor gradient) {
        steps++;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            double norm = parameters.placement().number(gradient.norm());
            if (norm > settings.clip()) {
                gradient.mul_(new Scalar(settings.clip() / (norm + 1e-6)));
            }
            move(gradient, learningRate);
            return norm;
        }
    }

    private void move(Tensor gradient, double learningRate) {
        Tensor flat = parameters.flat();
        flat.mul_(new Scalar(1 - learningRate * settings.weightDecay()));
        first.mul_(new Scalar(settings.beta1())).add_(gradient, new Scalar(1 - settings.beta1()));
        second.mul_(new Scalar(settings.beta2())).addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
        double correction1 = 1 - Math.pow(settings.beta1(), (double) steps);
        double correction2 = 1 - Math.pow(settings.beta2(), (double) steps);
        Tensor denominator =
                second.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(settings.epsilon()));
        flat.addcdiv_(first, denominator, new Scalar(-learningRate / correction1));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
