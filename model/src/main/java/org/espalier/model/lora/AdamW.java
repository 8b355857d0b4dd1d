package org.espalier.model.lora;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.tensor.Scope;

/** AdamW with decoupled weight decay and the gradient's norm clipped; its state can be saved and put back. */
public final class AdamW implements AutoCloseable {
    /**
     * The constants.
     *
     * @param clip greatest norm of the whole gradient; infinite for none
     */
    public record Constants(double beta1, double beta2, double epsilon, double weightDecay, double clip) {}

    private final Parameters parameters;
    private final Constants constants;
    private final Tensor first;
    private final Tensor second;
    private long steps;

    public AdamW(Parameters parameters, Constants constants) {
        this.parameters = parameters;
        this.constants = constants;
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

    /** Goes on from a saved state. */
    public void restore(long stepsDone, Tensor firstMoment, Tensor secondMoment) {
        try (NoGradGuard guard = new NoGradGuard()) {
            first.copy_(firstMoment);
            second.copy_(secondMoment);
        }
        steps = stepsDone;
    }

    /**
     * Takes the gradients, clips them and moves the parameters.
     *
     * @return the norm of the gradient before clipping
     */
    public double step(double learningRate) {
        try (PointerScope scope = new PointerScope()) {
            return step(learningRate, parameters.takeGradients());
        }
    }

    /**
     * Clips a gradient that was added up elsewhere, changing it, and moves the parameters.
     *
     * @param gradient in the order of the parameters
     * @return its norm before clipping
     */
    public double step(double learningRate, Tensor gradient) {
        steps++;
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            double norm = gradient.norm().item_double();
            if (norm > constants.clip()) {
                gradient.mul_(new Scalar(constants.clip() / (norm + 1e-6)));
            }
            move(gradient, learningRate);
            return norm;
        }
    }

    private void move(Tensor gradient, double learningRate) {
        Tensor flat = parameters.flat();
        flat.mul_(new Scalar(1 - learningRate * constants.weightDecay()));
        first.mul_(new Scalar(constants.beta1())).add_(gradient, new Scalar(1 - constants.beta1()));
        second.mul_(new Scalar(constants.beta2())).addcmul_(gradient, gradient, new Scalar(1 - constants.beta2()));
        double correction1 = 1 - Math.pow(constants.beta1(), (double) steps);
        double correction2 = 1 - Math.pow(constants.beta2(), (double) steps);
        Tensor denominator =
                second.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(constants.epsilon()));
        flat.addcdiv_(first, denominator, new Scalar(-learningRate / correction1));
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
