package org.espalier.model.lora;

import static org.bytedeco.pytorch.global.torch.block_diag;
import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.Seed;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.LoraSnapshot;
import org.espalier.model.decoder.LowRank;
import org.espalier.model.decoder.Projection;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;

/**
 * A LoRA adapter of the language model: for each adapted linear {@code W}, {@code A [rank, inputs]} and
 * {@code B [outputs, rank]}; {@code y = Wx + scale · B(Ax)}. Names are those of the layers, as
 * {@code layers.0.self_attn.q_proj.lora_A}. Closing it frees them; several threads may compute with it while nobody trains it.
 */
public final class Adapter implements Deltas, AutoCloseable {
    private static final String A = ".lora_A";
    private static final String B = ".lora_B";

    private final AdapterConfig config;
    private final TextShape shape;
    private final Parameters parameters;

    Adapter(AdapterConfig config, TextShape shape, Map<String, Tensor> values, Placement model) {
        this.config = config;
        this.shape = shape;
        this.parameters = new Parameters(values, model);
    }

    /**
     * A fresh adapter that changes nothing yet: A uniform in ±1/√inputs, B zero.
     *
     * @param model of the model that it adapts
     */
    public static Adapter fresh(LoraSettings settings, TextShape shape, Placement model, long seed) {
        Placement placement = model.wide();
        AdapterConfig config = AdapterConfig.of(settings.rank(), settings.alpha());
        try (PointerScope scope = new PointerScope()) {
            Set<String> adapted = Set.copyOf(new Targets(settings.targets()).modules(shape.layers()));
            Map<String, Tensor> values = new LinkedHashMap<>();
            SplittableRandom random = Seed.of(seed, "adapter").random();
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (Projection which : Projection.values()) {
                    for (int part = 0; part < which.parts().size(); part++) {
                        String module = module(layer, which, part);
                        if (adapted.contains(module)) {
                            values.put(module + A, uniform(placement, config.rank(), which.inputs(shape), random));
                            values.put(
                                    module + B,
                                    placement.zeros(which.outputs(shape).get(part), config.rank()));
                        }
                    }
                }
            }
            return new Adapter(config, shape, values, model);
        }
    }

    /** The linear modules that it adapts, as {@code layers.0.self_attn.q_proj}, in order. */
    public List<String> modules() {
        return parameters.views().keySet().stream()
                .filter(name -> name.endsWith(A))
                .map(name -> name.substring(0, name.length() - A.length()))
                .toList();
    }

    private static Tensor uniform(Placement placement, int rows, int columns, SplittableRandom random) {
        float bound = (float) (1 / Math.sqrt(columns));
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1) * bound;
        }
        return placement.numbers(values, rows, columns);
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
            Tensor a = parameters.views().get(module(layer, which, part) + A);
            Tensor b = parameters.views().get(module(layer, which, part) + B);
            if (a == null || b == null) {
                bs.add(parameters.placement().zeros(which.outputs(shape).get(part), 0));
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

    /**
     * This adapter as it is at the moment, to be trained on.
     *
     * @param base where the base computes, and in which type
     * @param gradients which the backward passes add to; they outlive the snapshot
     */
    public LoraSnapshot snapshot(Placement base, Gradients gradients) {
        try (NoGradGuard guard = new NoGradGuard()) {
            List<List<Optional<LoraSnapshot.Product>>> layers = new ArrayList<>();
            for (int i = 0; i < shape.layers(); i++) {
                int layer = i;
                layers.add(Stream.of(Projection.values())
                        .map(which -> of(layer, which)
                                .map(values -> new LoraSnapshot.Product(
                                        values.to(base.scalarType()), parts(layer, which, gradients))))
                        .toList());
            }
            return new LoraSnapshot(layers);
        }
    }

    private List<LoraSnapshot.Part> parts(int layer, Projection which, Gradients gradients) {
        List<LoraSnapshot.Part> parts = new ArrayList<>();
        int output = 0;
        int rank = 0;
        for (int i = 0; i < which.parts().size(); i++) {
            String module = module(layer, which, i);
            if (parameters.views().containsKey(module + A)) {
                parts.add(new LoraSnapshot.Part(output, rank, gradients.of(module + A), gradients.of(module + B)));
                rank += config.rank();
            }
            output += which.outputs(shape).get(i);
        }
        return parts;
    }

    private static String module(int layer, Projection which, int part) {
        return "layers." + layer + "." + which.parts().get(part);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
