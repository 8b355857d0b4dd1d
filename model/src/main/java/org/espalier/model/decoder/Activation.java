package org.espalier.model.decoder;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.silu;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What stands between two linear layers, by the names that configurations have for it. */
public enum Activation {
    GELU("gelu", "gelu_python"),
    GELU_TANH("gelu_pytorch_tanh", "gelu_new", "gelu_fast"),
    QUICK_GELU("quick_gelu"),
    RELU("relu"),
    SILU("silu", "swish");

    private final List<String> names;

    Activation(String... names) {
        this.names = List.of(names);
    }

    /** The one of a name that a configuration has for it. */
    public static Optional<Activation> named(String name) {
        return Arrays.stream(values()).filter(one -> one.names.contains(name)).findFirst();
    }

    /** The names of all, for a refusal. */
    public static String all() {
        return Arrays.stream(values()).map(one -> one.names.getFirst()).collect(Collectors.joining(", "));
    }

    public Tensor of(Tensor x) {
        return switch (this) {
            case GELU -> gelu(x);
            case GELU_TANH -> gelu(x, "tanh");
            case QUICK_GELU -> x.mul(sigmoid(x.mul(new Scalar(1.702))));
            case RELU -> relu(x);
            case SILU -> silu(x);
        };
    }
}
