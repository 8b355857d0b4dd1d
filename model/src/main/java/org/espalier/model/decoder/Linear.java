package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.linear;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.espalier.tensor.PackedProduct;
import org.espalier.tensor.Scope;

/**
 * {@code y = Wx + b}.
 *
 * @param weight {@code [outputs, inputs]}; may be packed ({@link PackedProduct}) where it is only multiplied with
 */
public record Linear(Tensor weight, Optional<Tensor> bias) {
    /** Of {@code x [rows, inputs]}: {@code [rows, outputs]}. */
    public Tensor of(Tensor x) {
        if (PackedProduct.isPacked(weight)) {
            return PackedProduct.of(x, weight, bias);
        }
        return bias.isPresent() ? linear(x, weight, new TensorOptional(bias.get())) : linear(x, weight);
    }

    /** With what an adapter adds; adapters may be kept in float32 beside a bfloat16 base. */
    Tensor of(Tensor x, Optional<LowRank> delta) {
        if (delta.isEmpty()) {
            return of(x);
        }
        LowRank lora = delta.get();
        if (!lora.isPlain()) {
            return merged(delta).of(x);
        }
        Tensor y = of(x);
        if (lora.a().scalar_type().intern() != x.scalar_type().intern()) {
            Tensor low = linear(x.to(lora.a().scalar_type()), lora.a());
            Tensor high = linear(low, lora.b()).mul(new Scalar(lora.scale()));
            return y.add(high.to(y.scalar_type()));
        }
        if (x.dim() != 2) {
            return y.add(linear(linear(x, lora.a()), lora.b()), new Scalar(lora.scale()));
        }
        return addmm(y, linear(x, lora.a()), lora.b().t(), new Scalar(1.0), new Scalar(lora.scale()));
    }

    /** With an adapter in the weights. */
    Linear merged(Optional<LowRank> delta) {
        return delta.map(lora -> new Linear(lora.merged(weight), lora.mergedBias(bias, weight.scalar_type())))
                .orElse(this);
    }

    /** With an adapter in the weights, and these packed. */
    Linear packed(Optional<LowRank> delta) {
        Tensor packed = Scope.keeping(
                () -> PackedProduct.pack(delta.map(lora -> lora.merged(weight)).orElse(weight)));
        return new Linear(
                packed,
                delta.map(lora -> lora.mergedBias(bias, weight.scalar_type())).orElse(bias));
    }

    /** The same with its weight laid out column by column. */
    Linear byColumns() {
        return new Linear(weight.t().contiguous().t(), bias);
    }
}
