package org.espalier.model.lora;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.tensor.Scope;

/**
 * Gradients of parameters, added up apart from them: questions learned at once each have their own. Begins at zero. Used
 * by one thread at a time.
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

    /** Adds another's. */
    public void add(Gradients other) {
        try (NoGradGuard guard = new NoGradGuard()) {
            flat.add_(other.flat);
        }
    }

    /** Adds {@code scale · left · right} to one tensor's. */
    void add(String name, Tensor left, Tensor right, double scale) {
        add(Objects.requireNonNull(views.get(name), name), left, right, scale);
    }

    /** Adds {@code scale · left · right}, which may be of half width, to a sum. */
    static void add(Tensor sum, Tensor left, Tensor right, double scale) {
        try (Scalar before = new Scalar(1.0);
                Scalar factor = new Scalar(scale)) {
            if (sum.scalar_type().intern() == left.scalar_type().intern()) {
                sum.addmm_(left, right, before, factor);
            } else {
                sum.add_(left.mm(right), factor);
            }
        }
    }

    @Override
    public void close() {
        views.values().forEach(Tensor::close);
        flat.close();
    }
}
