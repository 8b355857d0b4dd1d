package org.espalier.model.family;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import org.espalier.model.decoder.Activation;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a {@code config.json}. What is wrong with them is collected, so that all faults of a file are told in one
 * sentence: a field that is wrong counts as 1 until {@link #report}.
 */
public final class ConfigFields {
    private static final int MOST = 1 << 24;
    private static final int MOST_LAYERS = 1 << 12;

    private final Path file;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    /** @throws InputException if the file is missing or no JSON object */
    public ConfigFields(Path file) {
        this.file = file;
        this.root = JsonFile.read(file, "a model folder holds a config.json that describes the model");
    }

    /** All of the file. */
    public JsonNode root() {
        return root;
    }

    /** @throws InputException if something was wrong so far */
    public void report() {
        if (!problems.isEmpty()) {
            throw new InputException(
                    file + " cannot be used: " + String.join("; ", new LinkedHashSet<>(problems)) + ".");
        }
    }

    /** Notes a problem unless something holds. */
    public void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    /** Whether a field is not there, or null. */
    public static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /**
     * A whole number above 0.
     *
     * @param otherwise where the field is absent; 0 if it must be there
     */
    public int whole(JsonNode node, String name, int otherwise) {
        return whole(node, name, otherwise, MOST);
    }

    /** A number of layers, above 0. */
    public int layers(JsonNode node, String name, int otherwise) {
        return whole(node, name, otherwise, MOST_LAYERS);
    }

    private int whole(JsonNode node, String name, int otherwise, int most) {
        int value = absent(node) ? otherwise : node.isInt() ? node.asInt() : 0;
        if (value <= 0) {
            problems.add(name + (absent(node) ? " is missing" : " is not a whole number above 0"));
        } else if (value > most) {
            problems.add(name + " is " + value + ", more than any model has");
        }
        return value > 0 && value <= most ? value : 1;
    }

    /** A number above 0. */
    public double decimal(JsonNode node, String name, double otherwise) {
        double value = absent(node) ? otherwise : node.asDouble(Double.NaN);
        require(value > 0 && Double.isFinite(value), name + " is not a number above 0");
        return value;
    }

    /** True or false. */
    public boolean flag(JsonNode node, String name, boolean otherwise) {
        require(absent(node) || node.isBoolean(), name + " is not true or false");
        return node.asBoolean(otherwise);
    }

    /** A word. */
    public String word(JsonNode node, String name, String otherwise) {
        require(absent(node) || node.isString(), name + " is not a word");
        return node.isString() ? node.stringValue() : otherwise;
    }

    /** What stands between two linear layers. */
    public Activation activation(JsonNode part, String field, Activation otherwise) {
        JsonNode name = part.path(field);
        Optional<Activation> named = absent(name) ? Optional.of(otherwise) : Activation.named(word(name, field, ""));
        require(named.isPresent(), field + " " + name + " is not supported, only " + Activation.all());
        return named.orElse(otherwise);
    }

    /** The id of a token, or the first of a list of ids. */
    public int token(JsonNode node, String name, int vocabulary) {
        JsonNode one = node.isArray() ? node.path(0) : node;
        int id = one.isInt() ? one.asInt() : -1;
        require(id >= 0 && id < vocabulary, name + " is missing or not below vocab_size");
        return id;
    }
}
