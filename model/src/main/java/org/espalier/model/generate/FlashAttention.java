package org.espalier.model.generate;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.espalier.model.decoder.ScaledDotProduct;
import org.espalier.tensor.Libtorch;

/**
 * libtorch's fused attention together with the logarithm of each query's normaliser, by which attention over two sets of
 * keys can be put together from attention over each. The operator has no method of its own in the bindings, so that it
 * is called by name.
 */
final class FlashAttention {
    /** Holds the operator once the library is loaded. */
    private static final class Operator {
        static final OperatorHandle HANDLE;

        static {
            Libtorch.load();
            HANDLE = Dispatcher.singleton().findSchemaOrThrow("aten::_scaled_dot_product_flash_attention_for_cpu", "");
            HANDLE.retainReference();
            org.bytedeco.javacpp.PointerScope scope = org.bytedeco.javacpp.PointerScope.getInnerScope();
            if (scope != null) {
                scope.detach(HANDLE);
            }
        }
    }

    private FlashAttention() {}

    /**
     * Attention over some of the keys.
     *
     * @param out {@code [batch, queries, heads, width]}
     * @param logSum {@code [batch, queries, heads]}: the natural logarithm of the sum of exponentiated scores
     */
    record Partial(Tensor out, Tensor logSum) {}

    /**
     * Attends.
     *
     * @param q {@code [batch, heads, queries, width]}
     * @param k {@code [batch, heads, keys, width]}, as {@code v}; the width contiguous
     * @param mask a tensor that broadcasts to {@code [batch, heads, queries, keys]} and is added to the scores, or none
     */
    static Partial of(Tensor q, Tensor k, Tensor v, IValue mask) {
        IValueVector stack = new IValueVector(
                computed(q),
                computed(k),
                computed(v),
                new IValue(0.0),
                new IValue(false),
                mask.isNone() ? mask : computed(mask.toTensor()),
                new IValue());
        Operator.HANDLE.callBoxed(stack);
        return new Partial(
                stack.get(0).toTensor().to(q.scalar_type()).transpose(1, 2),
                stack.get(1).toTensor().transpose(1, 2));
    }

    private static IValue computed(Tensor x) {
        return new IValue(ScaledDotProduct.inComputedType(x));
    }
}
