package org.espalier.tensor;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Products with weights that were put once into the order in which a processor multiplies them (oneDNN). What multiplies plain
 * weights puts them into such an order for every product anew, which with 8 rows takes three times as long as the product
 * itself; from a thousand rows on nothing is gained ({@code perf decode}).
 */
public final class PackedProduct {
    /** Of oneDNN, which libtorch has for x86 processors; they have no methods of their own in the bindings. */
    private static final class Operators {
        static final OperatorHandle PACK = find("mkldnn::_reorder_linear_weight");
        static final OperatorHandle MULTIPLY = find("mkldnn::_linear_pointwise");

        private static OperatorHandle find(String name) {
            OperatorHandle operator = Dispatcher.singleton().findSchemaOrThrow(name, "");
            operator.retainReference();
            PointerScope scope = PointerScope.getInnerScope();
            if (scope != null) {
                scope.detach(operator);
            }
            return operator;
        }
    }

    private PackedProduct() {}

    /** Whether there are such products where tensors lie, for numbers of their type. */
    public static boolean suits(Placement placement) {
        if (!placement.device().isProcessor() || placement.type() != Dtype.F32) {
            return false;
        }
        Libtorch.load();
        return torch.hasMKLDNN();
    }

    /**
     * A copy of a weight in that order.
     *
     * @param weight {@code [outputs, inputs]} of a placement that this {@link #suits}
     * @return good for {@link #of} and nothing else; its sizes are the weight's
     */
    public static Tensor pack(Tensor weight) {
        IValueVector stack = new IValueVector(new IValue(weight), new IValue());
        Operators.PACK.callBoxed(stack);
        return result(stack);
    }

    /** Whether a weight is such a copy. */
    public static boolean isPacked(Tensor weight) {
        return weight.is_mkldnn();
    }

    /** {@code Wx + b} of {@code x [rows, inputs]} and a packed weight: {@code [rows, outputs]}. */
    public static Tensor of(Tensor x, Tensor weight, Optional<Tensor> bias) {
        IValueVector stack = new IValueVector(
                new IValue(x),
                new IValue(weight),
                bias.isPresent() ? new IValue(bias.get()) : new IValue(),
                new IValue("none"), // nothing is done to the result
                new IValue(new GenericList(OptionalType.get(ListType.ofNumbers().containedType(0)))),
                new IValue());
        Operators.MULTIPLY.callBoxed(stack);
        return result(stack);
    }

    /** Threads for such products; to be closed when they are done. */
    public static NativeThreads threads() {
        return NativeThreads.withoutBlas();
    }

    /** A handle of its own: the stack's would end with the stack. */
    private static Tensor result(IValueVector stack) {
        return new Tensor(stack.get(0).toTensor());
    }
}
