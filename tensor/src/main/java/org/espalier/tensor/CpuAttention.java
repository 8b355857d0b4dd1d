package org.espalier.tensor;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * libtorch's fused attention for processors; beside {@link PackedProduct} the one class that names an operator of theirs. It multiplies half-width
 * numbers one by one, many times slower than float32 ({@code perf tree --size 3b}), so that those are converted.
 */
final class CpuAttention implements AttentionKernel {
    static final CpuAttention KERNEL = new CpuAttention();

    /**
     * The operator that returns the normalisers too. It has no method of its own in the bindings, so that it is called by
     * name, once the library is loaded.
     */
    private static final class Flash {
        static final OperatorHandle OPERATOR;

        static {
            Libtorch.load();
            OPERATOR =
                    Dispatcher.singleton().findSchemaOrThrow("aten::_scaled_dot_product_flash_attention_for_cpu", "");
            OPERATOR.retainReference();
            PointerScope scope = PointerScope.getInnerScope();
            if (scope != null) {
                scope.detach(OPERATOR);
            }
        }
    }

    private CpuAttention() {}

    @Override
    public Tensor masked(Tensor q, Tensor k, Tensor v, Tensor mask) {
        return AttentionKernel.super.masked(q, k, v, computed(mask));
    }

    @Override
    public Tensor shared(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask) {
        // Converted before a view of it is repeated, since a conversion would write the repetitions out.
        return AttentionKernel.super
                .shared(computed(q), computed(k), computed(v), mask)
                .to(q.scalar_type());
    }

    @Override
    public Tensor of(Tensor q, Tensor k, Tensor v, TensorOptional mask, boolean causal) {
        return scaled_dot_product_attention(
                        computed(q), computed(k), computed(v), mask, 0.0, causal, new DoubleOptional(), false)
                .to(q.scalar_type());
    }

    @Override
    public Partial partial(Tensor q, Tensor k, Tensor v, Optional<Tensor> mask) {
        IValueVector stack = new IValueVector(
                new IValue(computed(q)),
                new IValue(computed(k)),
                new IValue(computed(v)),
                new IValue(0.0),
                new IValue(false),
                mask.isPresent() ? new IValue(computed(mask.get())) : new IValue(),
                new IValue());
        Flash.OPERATOR.callBoxed(stack);
        return new Partial(
                stack.get(0).toTensor().to(q.scalar_type()).transpose(1, 2),
                stack.get(1).toTensor().transpose(1, 2));
    }

    private static Tensor computed(Tensor x) {
        return x.element_size() < Float.BYTES ? x.to(ScalarType.Float) : x;
    }
}
