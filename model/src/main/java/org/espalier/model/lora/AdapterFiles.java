package org.espalier.model.lora;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.model.decoder.Projection;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapters as PEFT writes them: {@code adapter_config.json} and {@code adapter_model.safetensors}. Reads the names of
 * both styles and checks that every one is used: an adapter that matches nothing would change nothing without a word.
 */
public final class AdapterFiles {
    /** How the modules of the base model are named in the file. */
    public enum Layout {
        /** {@code model.language_model.layers.N}: newer libraries. */
        NESTED("base_model.model.model.language_model."),
        /** {@code model.layers.N}: released checkpoints' own names. */
        FLAT("base_model.model.model.");

        private final String prefix;

        Layout(String prefix) {
            this.prefix = prefix;
        }

        /** The one that names were written in, whatever stands before them. */
        public static Layout of(Collection<String> names) {
            return names.stream().anyMatch(name -> name.contains(NESTED.prefix)) ? NESTED : FLAT;
        }
    }

    /** Ways to begin that leave the base model as it is. */
    private static final Set<String> PLAIN_STARTS = Set.of("true", "false", "gaussian", "orthogonal", "eva");

    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final Pattern KEY = Pattern.compile(
            "base_model\\.model\\.(?:model\\.language_model|model|language_model\\.model|language_model)\\."
                    + "(layers\\.(\\d{1,9})\\.((?:self_attn|mlp)\\.(\\w+))\\.lora_([AB]))(?:\\.default)?\\.weight");

    private AdapterFiles() {}

    /** The name that a tensor has in a file. */
    public static String key(Layout layout, String name) {
        return layout.prefix + name + ".weight";
    }

    /** Whether a folder holds both files. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CONFIG)) && Files.exists(folder.resolve(WEIGHTS));
    }

    /** The file of an adapter's numbers. */
    public static Path weights(Path folder) {
        return folder.resolve(WEIGHTS);
    }

    /** Writes the folder, each file at once. */
    public static void write(Adapter adapter, Path folder, Layout layout, String baseModel) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        adapter.parameters().views().forEach((name, tensor) -> tensors.put(key(layout, name), tensor));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw org.espalier.core.file.FileTrouble.writing(folder, e);
        }
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors);
        AtomicFile.write(folder.resolve(CONFIG), Json.page(config(adapter, layout, baseModel)));
    }

    private static ObjectNode config(Adapter adapter, Layout layout, String baseModel) {
        AdapterConfig config = adapter.config();
        ObjectNode json = Json.object();
        json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").put("base_model_name_or_path", baseModel);
        json.put("r", config.rank()).put("lora_alpha", config.alpha()).put("lora_dropout", 0.0);
        // A pattern, since bare names would also match the vision tower's layers.
        String modules = layout == Layout.NESTED ? "model\\.language_model\\.layers" : "model\\.layers";
        int layers = adapter.shape().layers();
        json.put("target_modules", modules + "\\." + Targets.expression(adapter.modules(), layers));
        json.put("bias", "none").put("fan_in_fan_out", false).put("inference_mode", true);
        json.put("init_lora_weights", true).put("use_dora", false);
        json.put("use_rslora", config.scale() != config.alpha() / config.rank());
        json.putNull("modules_to_save").putNull("layers_to_transform").putNull("layers_pattern");
        json.putObject("rank_pattern");
        json.putObject("alpha_pattern");
        return json;
    }

    /**
     * Reads an adapter for a model of that shape.
     *
     * @param model of the model that it adapts
     * @throws InputException if a file is missing or broken, a tensor fits no layer, a layer named has only one half,
     *     or the configuration asks for what is not supported
     */
    public static Adapter read(Path folder, TextShape shape, Placement model) {
        JsonNode json = JsonFile.read(folder.resolve(CONFIG), "an adapter folder holds " + CONFIG + " and " + WEIGHTS);
        int rank = json.path("r").asInt(0);
        double alpha = json.path("lora_alpha").asDouble(Double.NaN);
        refuseUnsupported(folder, json, rank, alpha);
        double scale = json.path("use_rslora").asBoolean(false) ? alpha / Math.sqrt(rank) : alpha / rank;
        try (PointerScope scope = new PointerScope();
                SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            Map<String, Tensor> found = tensors(file, shape, rank, model.wide());
            Adapter adapter = new Adapter(new AdapterConfig(rank, alpha, scale), shape, found, model);
            try {
                requireTargetsMet(folder.resolve(CONFIG), json.path("target_modules"), adapter.modules());
            } catch (InputException e) {
                adapter.close();
                throw e;
            }
            return adapter;
        }
    }

    private static Map<String, Tensor> tensors(SafetensorsFile file, TextShape shape, int rank, Placement placement) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        List<String> strangers = new ArrayList<>();
        for (String key : file.names()) {
            Matcher matcher = KEY.matcher(key);
            if (!matcher.matches()
                    || !Targets.KINDS.contains(matcher.group(4))
                    || Integer.parseInt(matcher.group(2)) >= shape.layers()) {
                strangers.add(key);
                continue;
            }
            requireShape(file, key, matcher.group(3), matcher.group(5).equals("A"), shape, rank);
            if (found.put(matcher.group(1), placement.read(file, key)) != null) {
                throw new InputException(file.path() + " holds " + matcher.group(1) + " twice, the second time as "
                        + key + ": it is not known which of them was trained.");
            }
        }
        if (!strangers.isEmpty()) {
            throw strange(file, strangers);
        }
        if (found.isEmpty()) {
            throw new InputException(
                    file.path() + " holds no tensor: an adapter that matches nothing changes nothing.");
        }
        requirePairs(file.path(), found);
        return found;
    }

    private static InputException strange(SafetensorsFile file, List<String> strangers) {
        Optional<String> vision = strangers.stream()
                .filter(key -> key.matches(".*\\.(visual|vision_tower)\\..*"))
                .findFirst();
        if (vision.isPresent()) {
            return new InputException(file.path() + " adapts the vision tower (" + vision.get()
                    + "), which Espalier does not: train it with target_modules of the language model alone.");
        }
        return new InputException(file.path() + ": " + strangers.size() + " of "
                + file.names().size()
                + " tensors match no layer of this model, the first is " + strangers.getFirst()
                + ": the adapter belongs to another model.");
    }

    private static void requirePairs(Path file, Map<String, Tensor> found) {
        for (String name : found.keySet()) {
            String other = name.endsWith("A")
                    ? name.substring(0, name.length() - 1) + "B"
                    : name.substring(0, name.length() - 1) + "A";
            if (!found.containsKey(other)) {
                throw new InputException(file + " holds " + name + " but not " + other + ": an adapter has both.");
            }
        }
    }

    private static void requireShape(
            SafetensorsFile file, String key, String module, boolean isA, TextShape shape, int rank) {
        for (Projection which : Projection.values()) {
            int part = which.parts().indexOf(module);
            if (part >= 0) {
                long outputs = which.outputs(shape).get(part);
                List<Long> wanted =
                        isA ? List.of((long) rank, (long) which.inputs(shape)) : List.of(outputs, (long) rank);
                if (!file.info(key).shape().equals(wanted)) {
                    throw new InputException(file.path() + ": " + key + " has the shape "
                            + file.info(key).shape() + ", but this model and r = " + rank + " ask for " + wanted + ".");
                }
            }
        }
    }

    /** PEFT takes a list of ends of names, or one regular expression for whole names. */
    private static void requireTargetsMet(Path config, JsonNode targets, List<String> modules) {
        if (targets.isString()) {
            String words = targets.asString("");
            if (!words.equals("all-linear") && modules.stream().noneMatch(Targets.expression(words))) {
                throw new InputException(config + " names the targets '" + words + "', which none of the tensors of "
                        + WEIGHTS + " is for.");
            }
            return;
        }
        TreeSet<String> missing = new TreeSet<>();
        targets.forEach(target -> {
            String name = target.asString("");
            String kind = name.substring(name.lastIndexOf('.') + 1);
            if (modules.stream().noneMatch(module -> module.endsWith("." + kind))) {
                missing.add(kind);
            }
        });
        if (!missing.isEmpty()) {
            throw new InputException(config + " names " + String.join(", ", missing) + " as targets, but " + WEIGHTS
                    + " has no tensor for them.");
        }
    }

    private static void refuseUnsupported(Path folder, JsonNode json, int rank, double alpha) {
        Path file = folder.resolve(CONFIG);
        if (rank < 1 || !(Math.abs(alpha) < Float.MAX_VALUE)) {
            throw new InputException(file + " must give r (above 0) and lora_alpha (a number).");
        }
        List<String> unsupported = new ArrayList<>();
        if (!json.path("peft_type").asString("LORA").equals("LORA")) {
            unsupported.add("peft_type " + json.path("peft_type").asString(""));
        }
        if (json.path("use_dora").asBoolean(false)) {
            unsupported.add("use_dora");
        }
        if (!json.path("rank_pattern").isEmpty() || !json.path("alpha_pattern").isEmpty()) {
            unsupported.add("rank_pattern or alpha_pattern");
        }
        if (!json.path("bias").asString("none").equals("none")) {
            unsupported.add("bias");
        }
        JsonNode start = json.path("init_lora_weights");
        if (start.isString() && !PLAIN_STARTS.contains(start.asString().toLowerCase(Locale.ROOT))) {
            throw new InputException(file + " says init_lora_weights: " + start
                    + ", which changes the base model's own weights, so that the adapter does not fit the base model as it"
                    + " is: save it with PEFT's path_initial_model_for_weight_conversion, which makes a plain one.");
        }
        if (!unsupported.isEmpty()) {
            throw new InputException(file + " asks for " + String.join(", ", unsupported)
                    + ", which Espalier does not support: it reads plain LoRA adapters.");
        }
    }
}
