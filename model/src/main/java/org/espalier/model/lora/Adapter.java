package org.espalier.model.lora;

import static org.bytedeco.pytorch.global.torch.block_diag;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.model.decoder.LowRank;
import org.espalier.model.decoder.Projection;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.TrainableDeltas;
import org.espalier.tensor.HostTensors;

/**
 * A LoRA adapter of the language model: for each adapted linear {@code W}, {@code A [rank, inputs]} and
 * {@code B [outputs, rank]}; {@code y = Wx + scale · B(Ax)}. Names are those of the layers, as
 * {@code layers.0.self_attn.q_proj.lora_A}.
 */
public final class Adapter implements TrainableDeltas, AutoCloseable {
    private static final String A = ".lora_A";
    private static final String B = ".lora_B";

    private final AdapterConfig config;
    private final TextShape shape;
    private final Parameters parameters;

    Adapter(AdapterConfig config, TextShape shape, Map<String, Tensor> values) {
        this.config = config;
        this.shape = shape;
        this.parameters = new Parameters(values);
    }

    /** A fresh adapter that changes nothing yet: A uniform in ±1/√inputs, B zero. */
    public static Adapter fresh(AdapterConfig config, Targets targets, TextShape shape, long seed) {
        try (PointerScope scope = new PointerScope()) {
            Set<String> adapted = Set.copyOf(targets.modules(shape.layers()));
            Map<String, Tensor> values = new LinkedHashMap<>();
            SplittableRandom random = new SplittableRandom(seed);
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (Projection which : Projection.values()) {
                    for (int part = 0; part < which.parts().size(); part++) {
                        String module = "layers." + layer + "." + which.parts().get(part);
                        if (adapted.contains(module)) {
                            values.put(module + A, uniform(config.rank(), which.inputs(shape), random));
                            values.put(module + B, zeros(which.outputs(shape).get(part), config.rank()));
                        }
                    }
                }
            }
            return new Adapter(config, shape, values);
        }
    }

    /** The linear modules that it adapts, as {@code layers.0.self_attn.q_proj}, in order. */
    public List<String> modules() {
        return parameters.views().keySet().stream()
                .filter(name -> name.endsWith(A))
                .map(name -> name.substring(0, name.length() - A.length()))
                .toList();
    }

    private static Tensor uniform(int rows, int columns, SplittableRandom random) {
        float bound = (float) (1 / Math.sqrt(columns));
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1) * bound;
        }
        return HostTensors.of(values, rows, columns);
    }

    public AdapterConfig config() {
        return config;
    }

    public TextShape shape() {
        return shape;
    }

    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Optional<LowRank> of(int layer, Projection which) {
        List<Tensor> as = new ArrayList<>();
        List<Tensor> bs = new ArrayList<>();
        for (int part = 0; part < which.parts().size(); part++) {
            String key = "layers." + layer + "." + which.parts().get(part);
            Tensor a = parameters.views().get(key + A);
            Tensor b = parameters.views().get(key + B);
            if (a == null || b == null) {
                bs.add(zeros(which.outputs(shape).get(part), 0));
            } else {
                as.add(a);
                bs.add(b);
            }
        }
        if (as.isEmpty()) {
            return Optional.empty();
        }
        if (which.parts().size() == 1) {
            return Optional.of(new LowRank(as.getFirst(), bs.getFirst(), config.scale()));
        }
        return Optional.of(new LowRank(
                cat(new TensorVector(as.toArray(Tensor[]::new)), 0),
                block_diag(new TensorVector(bs.toArray(Tensor[]::new))),
                config.scale()));
    }

    @Override
    public void learn(int layer, Projection which, Tensor x, Tensor low, Tensor slope, Tensor lowSlope) {
        learn(parameters::addGradient, layer, which, x, low, slope, lowSlope);
    }

    /** This adapter with its gradients added up apart. */
    public TrainableDeltas collecting(Gradients gradients) {
        return new TrainableDeltas() {
            @Override
            public Optional<LowRank> of(int layer, Projection which) {
                return Adapter.this.of(layer, which);
            }

            @Override
            public void learn(int layer, Projection which, Tensor x, Tensor low, Tensor slope, Tensor lowSlope) {
                Adapter.this.learn(gradients::add, layer, which, x, low, slope, lowSlope);
            }
        };
    }

    /** Where the gradients of single tensors are added up. */
    @FunctionalInterface
    private interface Sum {
        void add(String name, Tensor left, Tensor right, double scale);
    }

    private void learn(Sum sum, int layer, Projection which, Tensor x, Tensor low, Tensor slope, Tensor lowSlope) {
        long row = 0;
        long column = 0;
        for (int part = 0; part < which.parts().size(); part++) {
            int outputs = which.outputs(shape).get(part);
            String key = "layers." + layer + "." + which.parts().get(part);
            if (parameters.views().containsKey(key + A)) {
                Tensor mine = slope.narrow(1, row, outputs).t();
                sum.add(key + A, lowSlope.narrow(1, column, config.rank()).t(), x, 1);
                sum.add(key + B, mine, low.narrow(1, column, config.rank()), config.scale());
                column += config.rank();
            }
            row += outputs;
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
