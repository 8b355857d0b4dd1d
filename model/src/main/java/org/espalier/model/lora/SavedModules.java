package org.espalier.model.lora;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.model.family.ModelConfig;
import org.espalier.tensor.PickedTensors;
import org.espalier.tensor.PickedTensors.Place;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.TensorSource;

/**
 * A checkpoint in which whole tensors of an adapter ({@code modules_to_save}) stand in the places of its own. Where embedding
 * and output head are one and the adapter brings one of them, the other stays as it was, as in PEFT; so they are two then.
 */
final class SavedModules {
    /** What the output head is called in a checkpoint that had none. */
    static final String HEAD = "lm_head.weight";

    private static final String EMBEDDING = "embed_tokens.weight";

    private final ModelConfig model;
    private final boolean unties;
    private final String embedding;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /**
     * Puts them together.
     *
     * @param saved the adapter's names by ours
     * @param ties whether an embedding that the adapter brings is the head as well
     * @throws InputException if the base model has no tensor of a name
     */
    SavedModules(
            TensorSource base, SafetensorsFile adapter, Map<String, String> saved, ModelConfig model, boolean ties) {
        this.model = model;
        Map<String, String> names = new HashMap<>();
        for (String name : base.names()) {
            names.put(model.names().ours(name), name);
            places.put(name, new Place(base, name));
        }
        boolean tied = model.text().tied();
        this.unties = tied && (saved.containsKey(HEAD) || (saved.containsKey(EMBEDDING) && !ties));
        this.embedding = Objects.requireNonNull(names.getOrDefault(EMBEDDING, EMBEDDING));
        if (unties) {
            changed.add(HEAD);
            places.put(HEAD, new Place(base, embedding));
        }
        saved.forEach((name, key) -> {
            String own = name.equals(HEAD) && unties ? HEAD : names.get(name);
            if (own == null) {
                throw new InputException(
                        adapter.path() + ": " + key
                                + " takes the place of a tensor that this model has not: the adapter belongs to another model.");
            }
            changed.add(own);
            places.put(own, new Place(adapter, key));
        });
    }

    /** All tensors of the model. */
    TensorSource tensors() {
        return new PickedTensors(places);
    }

    /** The model's, with a head of its own where the adapter makes that so. */
    ModelConfig config() {
        return unties ? model.untied() : model;
    }

    /** Whether embedding and head are two, though the base model's are one. */
    boolean unties() {
        return unties;
    }

    /** The embedding's name in the checkpoint. */
    String embedding() {
        return embedding;
    }

    /** How many tensors of the base model are others. */
    int count() {
        return changed.size();
    }

    /** Whether a tensor is the adapter's, or one that the base model has under another name. */
    boolean changes(String name) {
        return changed.contains(name);
    }
}
