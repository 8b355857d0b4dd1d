package org.espalier.model.lora;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.family.LinearModule;
import org.espalier.model.family.ModelConfig;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.Scope;

/** Reads {@code adapter_model.safetensors}: every tensor has a use, or the file is refused. */
final class AdapterTensors {
    private static final String PREFIX = "base_model.model.";
    private static final Pattern PRODUCT = Pattern.compile("(.+)\\.lora_([AB])(?:\\.default)?\\.(weight|bias)");
    private static final Pattern LENGTHS = Pattern.compile("(.+)\\.lora_magnitude_vector(?:\\.default)?(?:\\.weight)?");
    private static final Pattern SAVED = Pattern.compile("(?!.*\\.lora_)(.+)\\.(?:weight|bias)|.*image_newline");

    private final SafetensorsFile file;
    private final PeftConfig config;
    private final ModelConfig model;
    private final AdapterConfig shape;
    private final Map<String, LinearModule> modules;
    private final Map<String, String> products = new LinkedHashMap<>();
    private final Map<String, String> lengths = new LinkedHashMap<>();
    private final Map<String, String> fixed = new LinkedHashMap<>();
    private final Map<String, String> saved = new TreeMap<>();

    /** @throws InputException if a tensor fits nothing of the model, is there twice or of another shape, or half is missing */
    AdapterTensors(SafetensorsFile file, PeftConfig config, ModelConfig model) {
        this.file = file;
        this.config = config;
        this.model = model;
        this.shape = config.shape();
        this.modules =
                model.linearModules().stream().collect(Collectors.toMap(LinearModule::name, Function.identity()));
        List<String> strangers =
                file.names().stream().filter(key -> !takes(key)).toList();
        if (!strangers.isEmpty()) {
            throw strange(strangers);
        }
        if (products.isEmpty()) {
            throw new InputException(
                    file.path() + " holds no tensor: an adapter that matches nothing changes nothing.");
        }
        requireWhole();
    }

    private boolean takes(String key) {
        if (!key.startsWith(PREFIX)) {
            return false;
        }
        String name = key.substring(PREFIX.length());
        Matcher product = PRODUCT.matcher(name);
        if (product.matches()) {
            Optional<LinearModule> module = module(product.group(1));
            boolean a = product.group(2).equals("A");
            boolean weight = product.group(3).equals("weight");
            if (module.isEmpty() || (a && !weight)) {
                return false;
            }
            if (!weight) {
                return config.bias()
                        && put(
                                fixed,
                                module.get().name() + Adapter.SHIFT,
                                key,
                                module.get().outputs());
            }
            int rank = rank(module.get(), file.info(key).shape(), a);
            return a
                    ? put(
                            products,
                            module.get().name() + Adapter.A,
                            key,
                            rank,
                            module.get().inputs())
                    : put(
                            products,
                            module.get().name() + Adapter.B,
                            key,
                            module.get().outputs(),
                            rank);
        }
        Matcher length = LENGTHS.matcher(name);
        if (length.matches()) {
            Optional<LinearModule> module = module(length.group(1));
            return module.isPresent()
                    && config.dora()
                    && put(
                            lengths,
                            module.get().name() + Adapter.LENGTHS,
                            key,
                            module.get().outputs());
        }
        if (SAVED.matcher(name).matches()) {
            requireOnce(saved.put(model.names().ours(name), key), model.names().ours(name), key);
            return true;
        }
        return false;
    }

    private int rank(LinearModule module, List<Long> stored, boolean a) {
        List<Integer> ranks = shape.ranks(model.names().theirs(module.name()));
        long own = stored.size() == 2 ? stored.get(a ? 0 : 1) : 0;
        return ranks.stream().filter(rank -> rank == own).findFirst().orElse(ranks.getFirst());
    }

    private Optional<LinearModule> module(String name) {
        return Optional.ofNullable(modules.get(model.names().ours(name)));
    }

    private boolean put(Map<String, String> found, String name, String key, long... wanted) {
        List<Long> stored = file.info(key).shape();
        List<Long> asked = java.util.Arrays.stream(wanted).boxed().toList();
        if (!stored.equals(asked)) {
            throw new InputException(file.path() + ": " + key + " has the shape " + stored + ", but this model and r = "
                    + shape.rank() + (shape.ranks().isEmpty() ? "" : " with its rank_pattern") + " ask for " + asked
                    + ".");
        }
        requireOnce(found.put(name, key), name, key);
        return true;
    }

    private void requireOnce(@org.jspecify.annotations.Nullable String before, String name, String key) {
        if (before != null) {
            throw new InputException(file.path() + " holds " + name + " twice, the second time as " + key
                    + ": it is not known which of them was trained.");
        }
    }

    private InputException strange(List<String> strangers) {
        String first = strangers.getFirst();
        if (first.matches(".*(lm_head|embed_tokens)\\.lora_.*")) {
            return new InputException(file.path() + " adapts embeddings or the output head (" + first
                    + "), which Espalier does not: train it without lm_head and embed_tokens among its target_modules;"
                    + " among modules_to_save they are read.");
        }
        if (first.contains("patch_embed") || first.contains("patch_embedding")) {
            return new InputException(file.path() + " adapts a convolution (" + first
                    + "), which Espalier does not: train it with targets that mean linear modules alone.");
        }
        return new InputException(file.path() + ": " + strangers.size() + " of "
                + file.names().size() + " tensors match no layer of this model, the first is " + first
                + ": the adapter belongs to another model.");
    }

    private void requireWhole() {
        for (String name : products.keySet()) {
            String module = name.substring(0, name.length() - Adapter.A.length());
            List<String> wanted = new ArrayList<>(List.of(module + Adapter.A, module + Adapter.B));
            if (config.dora()) {
                wanted.add(module + Adapter.LENGTHS);
            }
            if (config.bias()) {
                wanted.add(module + Adapter.SHIFT);
            }
            for (String other : wanted) {
                if (!products.containsKey(other) && !lengths.containsKey(other) && !fixed.containsKey(other)) {
                    throw new InputException(
                            file.path() + " holds " + name + " but not " + other + ": an adapter has both.");
                }
            }
        }
    }

    /** Whole tensors that take the place of the base model's, by our names: the names in this file. */
    Map<String, String> saved() {
        return saved;
    }

    /** The adapter; the surrounding scope has what it needs no longer. */
    Adapter adapter(Placement placement) {
        Placement wide = placement.wide();
        Map<String, Tensor> values = new LinkedHashMap<>();
        products.forEach((name, key) -> values.put(name, finite(key, wide.read(file, key), wide)));
        lengths.forEach((name, key) -> values.put(name, finite(key, wide.read(file, key), wide)));
        Map<String, Tensor> others = new LinkedHashMap<>();
        fixed.forEach((name, key) -> others.put(name, finite(key, wide.read(file, key), wide)));
        others.values().forEach(Scope::own);
        return new Adapter(shape, model, values, others, placement);
    }

    private Tensor finite(String key, Tensor values, Placement placement) {
        if (!Double.isFinite(placement.number(values.sum()))) {
            Path path = file.path();
            throw new InputException(path + ": " + key + " holds values that are no numbers: get the file again.");
        }
        return values;
    }
}
