package org.espalier.model.lora;

import static org.bytedeco.pytorch.global.torch.block_diag;
import static org.bytedeco.pytorch.global.torch.cat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.espalier.core.InputException;
import org.espalier.core.Seed;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.LoraSnapshot;
import org.espalier.model.decoder.LowRank;
import org.espalier.model.decoder.NamedLinear;
import org.espalier.model.decoder.Projection;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Placement;
import org.espalier.tensor.Scope;

/**
 * A LoRA adapter: for each adapted linear {@code W}, {@code A [rank, inputs]} and {@code B [outputs, rank]};
 * {@code y = Wx + scale · B(Ax)}. Names are those of the modules, as {@code layers.0.self_attn.q_proj.lora_A} and
 * {@code visual.blocks.0.attn.qkv.lora_B}. Closing it frees them; several threads may compute with it while nobody trains it.
 */
public final class Adapter implements Deltas, AutoCloseable {
    static final String A = ".lora_A";
    static final String B = ".lora_B";
    /** DoRA's. */
    static final String LENGTHS = ".lora_magnitude_vector";
    /** {@code lora_bias}. */
    static final String SHIFT = ".lora_B.bias";

    private final AdapterConfig config;
    private final ModelConfig model;
    private final Parameters parameters;
    private final Map<String, Tensor> fixed;
    private final Map<String, Double> scales;
    private final boolean changesPictures;

    /**
     * Of values.
     *
     * @param values A and B of each module, and DoRA's lengths
     * @param fixed what else there is of a module, which is computed with and not trained; becomes the adapter's
     */
    Adapter(
            AdapterConfig config,
            ModelConfig model,
            Map<String, Tensor> values,
            Map<String, Tensor> fixed,
            Placement placement) {
        this.config = config;
        this.model = model;
        this.parameters = new Parameters(values, placement);
        this.fixed = Map.copyOf(fixed);
        this.scales = modules().stream()
                .collect(Collectors.toMap(
                        module -> module, module -> config.scale(model.names().theirs(module), rank(module))));
        this.changesPictures = modules().stream().anyMatch(module -> !module.startsWith("layers."));
    }

    /**
     * A fresh adapter that changes nothing yet: A uniform in ±1/√inputs, B zero.
     *
     * @param placement of the model that it adapts
     * @throws org.espalier.core.InputException if a target means no module of the model
     */
    public static Adapter fresh(LoraSettings settings, ModelConfig model, Placement placement, long seed) {
        return fresh(settings, model, placement, seed, false, _ -> Map.of());
    }

    /**
     * A fresh adapter with DoRA (Liu et al. 2024), which changes nothing yet: rows have the lengths that they have.
     *
     * @param model with a checkpoint in its folder
     */
    public static Adapter dora(LoraSettings settings, ModelFolder model, Placement placement, long seed) {
        ModelConfig config = model.config();
        return fresh(
                settings,
                config,
                placement,
                seed,
                true,
                modules -> lengths(model.path(), config, modules, placement.wide()));
    }

    /** Of the rows of modules' weights. */
    private static Map<String, Tensor> lengths(
            Path folder, ModelConfig model, List<LinearModule> modules, Placement wide) {
        Set<String> wanted =
                modules.stream().map(module -> module.name() + ".weight").collect(Collectors.toSet());
        Map<String, Tensor> found = new LinkedHashMap<>();
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            for (String name : checkpoint.names()) {
                String ours = model.names().ours(name);
                if (wanted.contains(ours)) {
                    String module = ours.substring(0, ours.length() - ".weight".length());
                    found.put(module + LENGTHS, Scope.keeping(() -> LowRank.rowLengths(wide.read(checkpoint, name))));
                }
            }
        }
        return found;
    }

    private static Adapter fresh(
            LoraSettings settings,
            ModelConfig model,
            Placement placement,
            long seed,
            boolean dora,
            Function<List<LinearModule>, Map<String, Tensor>> lengths) {
        Placement wide = placement.wide();
        AdapterConfig config = AdapterConfig.of(settings.rank(), settings.alpha(), dora);
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> values = new LinkedHashMap<>();
            SplittableRandom random = Seed.of(seed, "adapter").random();
            List<LinearModule> modules = settings.modules(model);
            for (LinearModule module : modules) {
                values.put(module.name() + A, uniform(wide, config.rank(), module.inputs(), random));
                values.put(module.name() + B, wide.zeros(module.outputs(), config.rank()));
            }
            values.putAll(lengths.apply(modules));
            return new Adapter(config, model, values, Map.of(), placement);
        }
    }

    private static Tensor uniform(Placement placement, int rows, int columns, SplittableRandom random) {
        float bound = (float) (1 / Math.sqrt(columns));
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextDouble() * 2 - 1) * bound;
        }
        return placement.numbers(values, rows, columns);
    }

    /** The linear modules that it adapts, as {@code layers.0.self_attn.q_proj}, in order. */
    public List<String> modules() {
        return parameters.views().keySet().stream()
                .filter(name -> name.endsWith(A))
                .map(name -> name.substring(0, name.length() - A.length()))
                .toList();
    }

    public AdapterConfig config() {
        return config;
    }

    /** Whose modules it adapts. */
    public ModelConfig model() {
        return model;
    }

    public Parameters parameters() {
        return parameters;
    }

    @Override
    public boolean changesPictures() {
        return changesPictures;
    }

    /** How many modules have a bias added. */
    long shifted() {
        return fixed.keySet().stream().filter(name -> name.endsWith(SHIFT)).count();
    }

    /** What is added to one module. */
    Optional<LowRank> of(String module) {
        return modules().contains(module) ? fused(List.of(module), List.of(0), parameters.views()) : Optional.empty();
    }

    @Override
    public Optional<LowRank> of(NamedLinear linear) {
        return fused(linear.modules(), linear.outputs(), parameters.views());
    }

    @Override
    public Optional<LowRank> of(int layer, Projection which) {
        return fused(modules(layer, which), which.outputs(model.text()), parameters.views());
    }

    /** Modules in one product; where their scales differ, those are in B. */
    private Optional<LowRank> fused(List<String> modules, List<Integer> outputs, Map<String, Tensor> values) {
        List<String> adapted = modules.stream()
                .filter(module -> values.containsKey(module + A))
                .toList();
        if (adapted.isEmpty()) {
            return Optional.empty();
        }
        double first = scale(adapted.getFirst());
        boolean alike = adapted.stream().allMatch(module -> scale(module) == first);
        List<Tensor> as = new ArrayList<>();
        List<Tensor> bs = new ArrayList<>();
        for (int part = 0; part < modules.size(); part++) {
            String module = modules.get(part);
            Tensor a = values.get(module + A);
            Tensor b = values.get(module + B);
            if (a == null || b == null) {
                bs.add(parameters.placement().zeros(outputs.get(part), 0));
            } else {
                as.add(a);
                bs.add(alike ? b : b.mul(new Scalar(scale(module))));
            }
        }
        boolean one = modules.size() == 1;
        return Optional.of(new LowRank(
                one ? as.getFirst() : cat(new TensorVector(as.toArray(Tensor[]::new)), 0),
                one ? bs.getFirst() : block_diag(new TensorVector(bs.toArray(Tensor[]::new))),
                alike ? first : 1,
                outputs(values, modules, outputs, LENGTHS, Double.NaN),
                outputs(fixed, modules, outputs, SHIFT, 0)));
    }

    /** What there is of a number an output, in one. */
    private Optional<Tensor> outputs(
            Map<String, Tensor> from, List<String> modules, List<Integer> outputs, String what, double otherwise) {
        if (modules.stream().noneMatch(module -> from.containsKey(module + what))) {
            return Optional.empty();
        }
        Tensor[] parts = new Tensor[modules.size()];
        for (int i = 0; i < parts.length; i++) {
            String module = modules.get(i);
            Tensor found = from.get(module + what);
            if (found == null) {
                parts[i] = parameters.placement().zeros(outputs.get(i)).fill_(new Scalar(otherwise));
            } else {
                // B's bias is multiplied as B is.
                parts[i] = what.equals(SHIFT) ? found.mul(new Scalar(scale(module))) : found;
            }
        }
        return Optional.of(parts.length == 1 ? parts[0] : cat(new TensorVector(parts), 0));
    }

    private long rank(String module) {
        return Objects.requireNonNull(parameters.views().get(module + A), module)
                .size(0);
    }

    private double scale(String module) {
        return Objects.requireNonNull(scales.get(module), module);
    }

    /**
     * This adapter as it is at the moment, to be trained on.
     *
     * @param base where the base computes, and in which type
     * @param gradients which the backward passes add to; they outlive the snapshot
     * @throws org.espalier.core.InputException if it is one of a kind that is only computed with
     */
    public LoraSnapshot snapshot(Placement base, Gradients gradients) {
        if (!fixed.isEmpty()) {
            throw new InputException("An adapter with lora_bias can be used and merged, but not trained further.");
        }
        try (NoGradGuard guard = new NoGradGuard()) {
            List<List<Optional<LoraSnapshot.Product>>> layers = new ArrayList<>();
            for (int i = 0; i < model.text().layers(); i++) {
                int layer = i;
                layers.add(Stream.of(Projection.values())
                        .map(which -> of(layer, which)
                                .map(values -> new LoraSnapshot.Product(
                                        rounded(values, base), parts(layer, which, gradients))))
                        .toList());
            }
            return new LoraSnapshot(layers, changesPictures ? Optional.of(pictures(gradients)) : Optional.empty());
        }
    }

    /** Lengths change so little in a step that half width would not show it. */
    private static LowRank rounded(LowRank values, Placement base) {
        LowRank all = values.to(base.scalarType());
        return new LowRank(all.a(), all.b(), all.scale(), values.lengths(), all.shift());
    }

    private List<LoraSnapshot.Part> parts(int layer, Projection which, Gradients gradients) {
        List<LoraSnapshot.Part> parts = new ArrayList<>();
        int output = 0;
        int rank = 0;
        List<String> modules = modules(layer, which);
        for (int i = 0; i < modules.size(); i++) {
            String module = modules.get(i);
            if (scales.containsKey(module)) {
                Tensor ofA = gradients.of(module + A);
                parts.add(new LoraSnapshot.Part(
                        output,
                        rank,
                        scale(module),
                        ofA,
                        gradients.of(module + B),
                        config.dora() ? Optional.of(gradients.of(module + LENGTHS)) : Optional.empty()));
                rank += Math.toIntExact(ofA.size(0));
            }
            output += which.outputs(model.text()).get(i);
        }
        return parts;
    }

    /** Leaves share the memory of the parameters, but record for themselves: questions go side by side. */
    private LoraSnapshot.Pictures pictures(Gradients gradients) {
        Map<String, Tensor> leaves = new LinkedHashMap<>();
        List<Tensor> sums = new ArrayList<>();
        parameters.views().forEach((name, view) -> {
            if (!name.startsWith("layers.")) {
                Tensor leaf = view.detach();
                leaf.requires_grad_(true);
                leaves.put(name, leaf);
                sums.add(gradients.of(name));
            }
        });
        Deltas deltas = new Deltas() {
            @Override
            public Optional<LowRank> of(int layer, Projection linears) {
                return Optional.empty();
            }

            @Override
            public Optional<LowRank> of(NamedLinear linear) {
                return fused(linear.modules(), linear.outputs(), leaves);
            }
        };
        return new LoraSnapshot.Pictures(deltas, List.copyOf(leaves.values()), sums);
    }

    private static List<String> modules(int layer, Projection which) {
        return which.parts().stream()
                .map(part -> "layers." + layer + "." + part)
                .toList();
    }

    @Override
    public void close() {
        parameters.close();
        fixed.values().forEach(Tensor::close);
    }
}
