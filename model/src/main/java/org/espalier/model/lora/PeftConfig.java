package org.espalier.model.lora;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.model.family.ModelConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * PEFT's {@code adapter_config.json}: what of it is computed with, and what is refused, since it would change the result
 * without a word.
 *
 * @param file where it was read
 * @param json all of it
 */
record PeftConfig(Path file, JsonNode json) {
    static final String NAME = "adapter_config.json";

    /** Ways to begin that leave the base model as it is. */
    private static final Set<String> PLAIN_STARTS = Set.of("true", "false", "gaussian", "orthogonal", "eva");

    /** The last number in a name, as PEFT reads it. */
    private static final Pattern LAYER = Pattern.compile(".*\\.([0-9]{1,6})\\..*");

    /** What changes the computation in ways of its own, where it is set. */
    private static final List<String> OTHER_COMPUTATIONS = List.of(
            "fan_in_fan_out",
            "layer_replication",
            "target_parameters",
            "trainable_token_indices",
            "alora_invocation_tokens",
            "arrow_config",
            "kasa_config",
            "monteclora_config",
            "velora_config",
            "use_bdlora",
            "use_qalora");

    /** @throws InputException if it is broken or asks for what is not computed */
    static PeftConfig read(Path folder) {
        Path file = folder.resolve(NAME);
        PeftConfig config = new PeftConfig(
                file, JsonFile.read(file, "an adapter folder holds " + NAME + " and " + AdapterFiles.WEIGHTS));
        config.refuseUnsupported();
        return config;
    }

    /** @throws InputException if a number is missing or out of its range */
    AdapterConfig shape() {
        JsonNode given = json.path("lora_alpha");
        int rank = json.path("r").isInt() ? json.path("r").asInt() : 0;
        double alpha = given.isNumber() ? given.asDouble() : Double.NaN;
        if (rank < 1 || !(Math.abs(alpha) < Float.MAX_VALUE)) {
            throw new InputException(file + " must give r (a whole number above 0) and lora_alpha (a number).");
        }
        SequencedMap<String, Integer> ranks = new LinkedHashMap<>();
        table("rank_pattern").properties().forEach(entry -> ranks.put(entry.getKey(), positive(entry.getValue())));
        SequencedMap<String, Double> alphas = new LinkedHashMap<>();
        table("alpha_pattern").properties().forEach(entry -> alphas.put(entry.getKey(), number(entry.getValue())));
        return new AdapterConfig(rank, alpha, flag("use_rslora"), ranks, alphas, dora());
    }

    /** What is there and no table would be passed over, and other numbers computed with than were meant. */
    private JsonNode table(String name) {
        JsonNode given = json.path(name);
        if (!given.isMissingNode() && !given.isNull() && !given.isObject()) {
            throw new InputException(file + ": " + name + " is " + given + ", which is no table of names.");
        }
        return given;
    }

    private boolean flag(String name) {
        JsonNode given = json.path(name);
        if (!given.isMissingNode() && !given.isNull() && !given.isBoolean()) {
            throw new InputException(file + ": " + name + " is " + given + ", not true or false.");
        }
        return given.asBoolean(false);
    }

    private int positive(JsonNode given) {
        if (!given.isInt() || given.asInt() < 1) {
            throw new InputException(file + ": rank_pattern holds " + given + ", which is no rank.");
        }
        return given.asInt();
    }

    private double number(JsonNode given) {
        if (!given.isNumber() || !(Math.abs(given.asDouble()) < Float.MAX_VALUE)) {
            throw new InputException(file + ": alpha_pattern holds " + given + ", which is no number.");
        }
        return given.asDouble();
    }

    /** Whether rows are brought to lengths of their own. */
    boolean dora() {
        return flag("use_dora");
    }

    /** Whether B has a bias. */
    boolean bias() {
        return flag("lora_bias");
    }

    /** Whether an embedding that is saved is the output head as well. */
    boolean tiesSaved() {
        return flag("ensure_weight_tying");
    }

    /**
     * PEFT takes a list of ends of names, or one regular expression for whole names.
     *
     * @param modules that the file of weights holds
     * @throws InputException if a target has none of them
     */
    void requireTargetsMet(ModelConfig model, List<String> modules) {
        List<String> names = modules.stream()
                .flatMap(module -> model.names().theirs(module).stream())
                .toList();
        requireLayersMeant(names);
        JsonNode targets = json.path("target_modules");
        if (targets.isString()) {
            String words = targets.asString("");
            if (!words.equals("all-linear") && names.stream().noneMatch(Targets.expression(words, words))) {
                throw new InputException(file + " names the targets '" + words + "', which none of the tensors of "
                        + AdapterFiles.WEIGHTS + " is for.");
            }
            return;
        }
        // A target whose modules are all excluded, or of layers that are not transformed, has no tensors in PEFT
        // either.
        boolean narrowed = !json.path("exclude_modules").isEmpty()
                || json.path("exclude_modules").isString()
                || !json.path("layers_to_transform").isNull()
                        && !json.path("layers_to_transform").isMissingNode();
        TreeSet<String> missing = new TreeSet<>();
        targets.forEach(target -> {
            Predicate<String> meant = Targets.end(target.asString(""));
            if (names.stream().noneMatch(meant)) {
                missing.add(target.asString(""));
            }
        });
        if (!missing.isEmpty() && (!narrowed || missing.size() == targets.size())) {
            throw new InputException(file + " names " + String.join(", ", missing) + " as targets, but "
                    + AdapterFiles.WEIGHTS + " has no tensor for them.");
        }
    }

    /** PEFT has no modules for the tensors of other layers than those it is told. */
    private void requireLayersMeant(List<String> names) {
        JsonNode layers = json.path("layers_to_transform");
        if (layers.isMissingNode() || layers.isNull() || layers.isEmpty() && layers.isArray()) {
            return;
        }
        Set<Integer> meant = new TreeSet<>();
        for (JsonNode layer : layers.isArray() ? layers : List.of(layers)) {
            if (!layer.isInt() || layer.asInt() < 0) {
                throw new InputException(file + ": layers_to_transform holds " + layer + ", which is no layer.");
            }
            meant.add(layer.asInt());
        }
        for (String name : names) {
            Matcher layer = LAYER.matcher(name);
            if (layer.matches() && !meant.contains(Integer.parseInt(layer.group(1)))) {
                throw new InputException(file + " says that of all layers " + meant + " are transformed, but "
                        + AdapterFiles.WEIGHTS + " has tensors for " + name + ".");
            }
        }
    }

    private void refuseUnsupported() {
        List<String> unsupported = new ArrayList<>();
        if (!json.path("peft_type").asString("LORA").equals("LORA")) {
            unsupported.add("peft_type " + json.path("peft_type").asString(""));
        }
        if (!json.path("bias").asString("none").equals("none")) {
            unsupported.add("bias " + json.path("bias"));
        }
        for (String name : OTHER_COMPUTATIONS) {
            JsonNode value = json.path(name);
            if (value.isContainer() ? !value.isEmpty() : value.asBoolean(value.isString())) {
                unsupported.add(name);
            }
        }
        JsonNode start = json.path("init_lora_weights");
        if (start.isString() && !PLAIN_STARTS.contains(start.asString().toLowerCase(Locale.ROOT))) {
            throw new InputException(file + " says init_lora_weights: " + start
                    + ", which changes the base model's own weights, so that the adapter does not fit the base model as it"
                    + " is: save it with PEFT's path_initial_model_for_weight_conversion, which makes a plain one.");
        }
        if (!unsupported.isEmpty()) {
            throw new InputException(file + " asks for " + String.join(", ", unsupported)
                    + ", which Espalier does not compute: it reads LoRA adapters, also with rsLoRA, DoRA, lora_bias,"
                    + " rank_pattern, alpha_pattern and modules_to_save.");
        }
    }

    /** What PEFT is told of an adapter of ours. */
    static ObjectNode of(Adapter adapter, String baseModel) {
        AdapterConfig config = adapter.config();
        ModelConfig model = adapter.model();
        ObjectNode json = Json.object();
        json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM").put("base_model_name_or_path", baseModel);
        json.put("r", config.rank()).put("lora_alpha", config.alpha()).put("lora_dropout", 0.0);
        json.put(
                "target_modules",
                TargetExpression.of(
                        adapter.modules().stream().map(model.names()::current).toList(),
                        model.linearModules().stream()
                                .map(module -> model.names().current(module.name()))
                                .toList()));
        json.putNull("exclude_modules");
        json.put("bias", "none").put("fan_in_fan_out", false).put("inference_mode", true);
        json.put("init_lora_weights", true).put("use_dora", config.dora()).put("lora_bias", false);
        json.put("use_rslora", config.rooted());
        json.putNull("modules_to_save").putNull("layers_to_transform").putNull("layers_pattern");
        ObjectNode ranks = json.putObject("rank_pattern");
        config.ranks().forEach(ranks::put);
        ObjectNode alphas = json.putObject("alpha_pattern");
        config.alphas().forEach(alphas::put);
        return json;
    }
}
