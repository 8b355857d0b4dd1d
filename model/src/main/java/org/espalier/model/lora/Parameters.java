package org.espalier.model.lora;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/**
 * Trainable tensors that share one stretch of memory, so that an optimizer step is a handful of calls however many
 * tensors there are. Not thread-safe; closing it frees them all.
 */
public final class Parameters implements AutoCloseable {
    private final Placement placement;
    private final Tensor flat;
    private final Map<String, Tensor> views = new LinkedHashMap<>();

    /**
     * Copies the given values; their order is kept.
     *
     * @param model of whose placement the parameters are the wide one: float32 beside a model of half width
     */
    public Parameters(Map<String, Tensor> values, Placement model) {
        placement = model.wide();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            List<Tensor> pieces = new ArrayList<>();
            values.values()
                    .forEach(value ->
                            pieces.add(value.detach().to(placement.scalarType()).reshape(-1)));
            flat = torch.cat(new TensorVector(pieces.toArray(Tensor[]::new)), 0);
            long at = 0;
            for (Map.Entry<String, Tensor> entry : values.entrySet()) {
                Tensor value = entry.getValue();
                Tensor view =
                        flat.narrow(0, at, value.numel()).view(value.sizes()).detach();
                view.requires_grad_(true);
                views.put(entry.getKey(), Scope.own(view));
                at += value.numel();
            }
            Scope.own(flat);
        }
    }

    /** Where they lie, and the type in which they are trained. */
    public Placement placement() {
        return placement;
    }

    /** All values, one after the other. */
    public Tensor flat() {
        return flat;
    }

    public Map<String, Tensor> views() {
        return java.util.Collections.unmodifiableMap(views);
    }

    @Override
    public void close() {
        views.values().forEach(Tensor::close);
        flat.close();
    }
}
