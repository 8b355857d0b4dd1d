package org.espalier.model.lora;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.espalier.tensor.Scope;

/**
 * Sums of the gradients of parameters, apart from them, so that questions that are computed side by side have their own.
 * Starts at zero. Used by one thread at a time.
 */
public final class Gradients implements AutoCloseable {
    private final Tensor flat;
    private final Map<String, Tensor> views = new LinkedHashMap<>();

    public Gradients(Parameters parameters) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            flat = torch.zeros_like(parameters.flat());
            long at = 0;
            for (Map.Entry<String, Tensor> entry : parameters.views().entrySet()) {
                Tensor view = entry.getValue();
                views.put(
                        entry.getKey(),
                        Scope.own(flat.narrow(0, at, view.numel()).view(view.sizes())));
                at += view.numel();
            }
            Scope.own(flat);
        }
    }

    /** In the order of {@link Parameters#flat()}. */
    public Tensor flat() {
        return flat;
    }

    /**
     * Becomes the gradient of a loss by libtorch's own backward pass, zero where the loss does not depend on a parameter. What is
     * recorded with the parameters stays as it is, so that several losses may be differentiated side by side.
     *
     * @param parameters those that this was made for
     * @param loss one number
     */
    public void take(Parameters parameters, Tensor loss) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            TensorVector all = torch.grad(
                    new TensorVector(loss),
                    new TensorVector(parameters.views().values().toArray(Tensor[]::new)),
                    new TensorVector(),
                    new BoolOptional(),
                    false,
                    true);
            int i = 0;
            for (Tensor view : views.values()) {
                Tensor gradient = all.get(i++);
                if (gradient.defined()) {
                    view.copy_(gradient);
                } else {
                    view.zero_();
                }
            }
        }
    }

    /** Adds another's. */
    public void add(Gradients other) {
        try (NoGradGuard guard = new NoGradGuard()) {
            flat.add_(other.flat);
        }
    }

    /** Makes all of them zero again. */
    public void clear() {
        try (NoGradGuard guard = new NoGradGuard()) {
            flat.zero_();
        }
    }

    /** Of one parameter, in its shape; part of {@link #flat()}. */
    public Tensor of(String name) {
        return Objects.requireNonNull(views.get(name), name);
    }

    @Override
    public void close() {
        views.values().forEach(Tensor::close);
        flat.close();
    }
}
