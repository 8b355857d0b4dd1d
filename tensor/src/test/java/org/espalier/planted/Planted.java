package org.espalier.planted;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/** A small computation, each time with one thing that a GPU, or float64, would not let pass. */
public abstract class Planted implements Runnable {
    private static final Device PRETENDED = new Device("pretended", Device.Kind.PRETENDED);

    private final Placement placement;

    Planted(Placement placement) {
        this.placement = placement;
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = placement.numbers(new float[] {1, 2, 3, 4}, 2, 2);
            Tensor rows = x.index_select(0, placement.indices(new long[] {1, 0}, 2));
            Tensor masked = torch.softmax(rows.add(placement.zeros(2, 2)), 1);
            TensorVector halves = new TensorVector(masked.narrow(1, 0, 1), masked.narrow(1, 1, 1));
            compute(torch.cat(halves, 1).mul(new Scalar(2.0)), placement);
        }
    }

    abstract void compute(Tensor x, Placement placement);

    private abstract static class OnADevice extends Planted {
        OnADevice() {
            super(new Placement(PRETENDED, Dtype.F32));
        }
    }

    private abstract static class InFloat64 extends Planted {
        InFloat64() {
            super(Placement.CPU.with(Dtype.F64));
        }
    }

    public static final class Nothing extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            Tensor chosen = x.argmax(new org.bytedeco.pytorch.LongOptional(1), true);
            Tensor sums = torch.cumsum(x, 1, new ScalarTypeOptional(ScalarType.Double));
            Tensor normed = torch.rms_norm(
                    sums.to(ScalarType.Float),
                    new long[] {2},
                    new TensorOptional(torch.ones_like(x.select(0, 0))),
                    new org.bytedeco.pytorch.DoubleOptional(1e-6));
            placement.longs(chosen);
            placement.floats(normed);
        }
    }

    public static final class InAProduct extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.mm(torch.ones(2, 2));
        }
    }

    public static final class InASumInPlace extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.add_(Placement.CPU.zeros(2, 2));
        }
    }

    public static final class InACat extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            torch.cat(new TensorVector(x, torch.zeros(2, 2)), 0);
        }
    }

    public static final class AsAnIndex extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.index_select(0, Placement.CPU.indices(new long[] {0}, 1));
        }
    }

    public static final class OfTheHost extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.copy_(torch.arange(new Scalar(4)).view(2, 2));
        }
    }

    public static final class InACalledOperator extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            new IValueVector(new IValue(x), new IValue(0.5), new IValue(torch.ones(2)));
        }
    }

    public static final class ReadUndeclared extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.sum().item_double();
        }
    }

    public static final class AskedUndeclared extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.equal(x.neg());
        }
    }

    public static final class Moved extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            x.cpu();
        }
    }

    public static final class ReadElsewhere extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            Placement.CPU.floats(x);
        }
    }

    public static final class AReference extends OnADevice {
        @Override
        void compute(Tensor x, Placement placement) {
            UnaryOperator<Tensor> negated = Tensor::neg;
            negated.apply(x);
        }
    }

    public static final class Float32InAProduct extends InFloat64 {
        @Override
        void compute(Tensor x, Placement placement) {
            x.mul(torch.ones(2, 1));
        }
    }

    public static final class Float32InACat extends InFloat64 {
        @Override
        void compute(Tensor x, Placement placement) {
            torch.cat(new TensorVector(x, Placement.CPU.zeros(2, 2)), 0);
        }
    }

    public static final class Float32OnTheSide extends InFloat64 {
        @Override
        void compute(Tensor x, Placement placement) {
            Tensor weights = placement.with(Dtype.F32).numbers(new float[] {1, 2}, 2);
            x.add(weights.square());
        }
    }

    public static final class RoundedToFloat32 extends InFloat64 {
        @Override
        void compute(Tensor x, Placement placement) {
            x.to(ScalarType.Float).exp();
        }
    }
}
