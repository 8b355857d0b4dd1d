package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.addmm;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What an adapter adds to a product: {@code scale · B(Ax)}.
 *
 * @param a {@code [rank, inputs]}; the ranks of fused parts one below the other
 * @param b {@code [outputs, rank]}; block-diagonal for fused parts
 * @param lengths of DoRA: the rows of {@code W + scale · BA} are brought to these lengths, {@code [outputs]}; those of which
 *     this is no number keep their own
 * @param shift is added to the result, {@code [outputs]}
 */
public record LowRank(Tensor a, Tensor b, double scale, Optional<Tensor> lengths, Optional<Tensor> shift) {
    /** The same in another type. */
    public LowRank to(ScalarType type) {
        return new LowRank(
                a.to(type),
                b.to(type),
                scale,
                lengths.map(given -> given.to(type)),
                shift.map(given -> given.to(type)));
    }

    /** Whether it is nothing but a product of low rank. */
    public boolean isPlain() {
        return lengths.isEmpty() && shift.isEmpty();
    }

    /** A weight {@code [outputs, inputs]} with this in it, in the weight's type, computed in this one's where it is wider. */
    public Tensor merged(Tensor weight) {
        Tensor wide = weight.to(a.scalar_type());
        return stretched(addmm(wide, b, a, new Scalar(1.0), new Scalar(scale))).to(weight.scalar_type());
    }

    /** Rows of {@code W + scale · BA} brought to their lengths. */
    public Tensor stretched(Tensor rows) {
        return lengths.isEmpty() ? rows : factors(rowLengths(rows)).unsqueeze(1).mul(rows);
    }

    /** By what rows of these lengths are multiplied. */
    Tensor factors(Tensor own) {
        Tensor wanted = lengths.orElseThrow();
        return torch.where(wanted.isnan(), torch.ones_like(wanted), wanted.div(own));
    }

    /** Of each row; a constant to gradients, as DoRA is published and PEFT computes it. */
    public static Tensor rowLengths(Tensor rows) {
        return torch.norm(rows, new ScalarOptional(new Scalar(2.0)), new long[] {1}, false)
                .detach();
    }

    /** A bias of the weight's type with this in it. */
    public Optional<Tensor> mergedBias(Optional<Tensor> bias, ScalarType type) {
        return shift.map(added -> bias.map(own -> own.to(a.scalar_type()).add(added))
                        .orElse(added)
                        .to(type))
                .or(() -> bias);
    }
}
