package org.espalier.tensor;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Frees native temporaries when the work that made them is done, keeping only its result. */
public final class Scope {
    private Scope() {}

    /**
     * Runs {@code body} in a scope of its own. Everything it made is freed but its result, which belongs to the
     * surrounding scope, or to the caller where there is none.
     */
    public static Tensor keeping(Supplier<Tensor> body) {
        PointerScope outer = PointerScope.getInnerScope();
        try (PointerScope inner = new PointerScope()) {
            Tensor result = body.get();
            if (outer == null) {
                result.retainReference();
            } else {
                outer.attach(result);
            }
            return result;
        }
    }

    /** Takes a tensor out of the surrounding scope: the caller closes it. */
    public static Tensor own(Tensor tensor) {
        tensor.retainReference();
        PointerScope scope = PointerScope.getInnerScope();
        if (scope != null) {
            scope.detach(tensor);
        }
        return tensor;
    }

    /** As {@link #keeping}, without recording anything for gradients. */
    public static Tensor withoutGradients(Supplier<Tensor> body) {
        return keeping(() -> {
            try (NoGradGuard guard = new NoGradGuard()) {
                return body.get();
            }
        });
    }
}
