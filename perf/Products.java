import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.espalier.tensor.PackedProduct;

/**
 * Products of float32 in the shapes of {@code small}, by the library that libtorch multiplies with (OpenBLAS; MKL in its place) and
 * by oneDNN, which is part of libtorch and is called by the name of an operator that ends in it.
 *
 * <pre>
 * L="target/launch/$(cat target/launch/current)/lib/*"; O="-Xmx1g --enable-native-access=ALL-UNNAMED"; export OMP_WAIT_POLICY=passive
 * java $O -cp "$L" perf/Products.java 2 products                                  (OPENBLAS_NUM_THREADS=1 ... 1 products: one thread)
 * java $O -cp "$L" perf/Products.java 2 onednn                                    (packed: with weights put into its order beforehand)
 * MKL_THREADING_LAYER=GNU java $O -Dorg.bytedeco.openblas.load=mkl -cp "$L:mkl/*" perf/Products.java 2 products
 * </pre>
 *
 * <p>{@code mkl/} holds bytedeco's {@code mkl}, its {@code linux-x86_64} and {@code linux-x86_64-redist} (182 MB from Maven Central), or
 * is left out where MKL is installed in {@code /opt/intel/oneapi/mkl/latest/lib}.
 */
final class Products {
    private static final int[][] SHAPES = {
        {1650, 512, 512}, {1650, 512, 2048}, {1650, 2048, 512}, {1480, 512, 32000}, {8, 512, 2048}, {32, 512, 2048}, {8, 512, 32000}
    };
    private static final int WARM_UPS = 3;

    private interface Product {
        Tensor of(Tensor x, Tensor weight, Tensor turned);
    }

    public static void main(String[] words) {
        Loader.load(torch.class);
        torch.set_num_threads(Integer.parseInt(words[0]));
        boolean packed = words[1].equals("packed");
        Product product = packed || words[1].equals("onednn") ? oneDnn() : (x, weight, turned) -> torch.mm(x, turned);
        try (NoGradGuard guard = new NoGradGuard()) {
            for (int[] shape : SHAPES) {
                measure(shape, product, packed);
            }
        }
    }

    private static void measure(int[] shape, Product product, boolean packed) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.randn(shape[0], shape[1]);
            Tensor weight = torch.randn(shape[2], shape[1]);
            Tensor turned = weight.t();
            Tensor given = packed ? PackedProduct.pack(weight) : weight;
            double operations = 2.0 * shape[0] * shape[1] * shape[2];
            double[] seconds = new double[(int) Math.clamp(2e10 / operations, 7, 2000)];
            for (int i = -WARM_UPS; i < seconds.length; i++) {
                try (PointerScope inner = new PointerScope()) {
                    long start = System.nanoTime();
                    Tensor unused = product.of(x, given, turned);
                    seconds[Math.max(i, 0)] = (System.nanoTime() - start) / 1e9;
                }
            }
            Arrays.sort(seconds);
            System.out.printf(
                    Locale.ROOT,
                    "%5d x %4d x %5d  %6.1f GFLOP/s%n",
                    shape[0],
                    shape[1],
                    shape[2],
                    operations / seconds[seconds.length / 2] / 1e9);
        }
    }

    private static Product oneDnn() {
        OperatorHandle linear = org.bytedeco.pytorch.Dispatcher.singleton().findSchemaOrThrow("mkldnn::_linear_pointwise", "");
        return (x, weight, turned) -> {
            IValueVector stack = new IValueVector();
            stack.push_back(new IValue(x));
            stack.push_back(new IValue(weight));
            stack.push_back(new IValue());
            stack.push_back(new IValue("none"));
            stack.push_back(new IValue(new GenericList(OptionalType.get(ListType.ofNumbers().containedType(0)))));
            stack.push_back(new IValue());
            linear.callBoxed(stack);
            return stack.get(0).toTensor();
        };
    }
}
