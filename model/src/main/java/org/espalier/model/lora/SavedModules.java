package org.espalier.model.lora;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.family.ModelConfig;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.TensorInfo;
import org.espalier.tensor.TensorSource;

/**
 * A checkpoint in which whole tensors of an adapter ({@code modules_to_save}) stand in the places of its own. Where embedding
 * and output head are one and the adapter brings one of them, the other stays as it was, as in PEFT; so they are two then.
 */
final class SavedModules implements TensorSource {
    /** What the output head is called in a checkpoint that had none. */
    static final String HEAD = "lm_head.weight";

    private static final String EMBEDDING = "embed_tokens.weight";

    private final TensorSource base;
    private final SafetensorsFile adapter;
    private final ModelConfig model;
    /** Names in the checkpoint, and in the adapter. */
    private final Map<String, String> replaced = new LinkedHashMap<>();

    private final boolean unties;
    private final String embedding;

    /**
     * Puts them together.
     *
     * @param saved the adapter's names by ours
     * @param ties whether an embedding that the adapter brings is the head as well
     * @throws InputException if the base model has no tensor of a name
     */
    SavedModules(
            TensorSource base, SafetensorsFile adapter, Map<String, String> saved, ModelConfig model, boolean ties) {
        this.base = base;
        this.adapter = adapter;
        this.model = model;
        Map<String, String> names = new LinkedHashMap<>();
        base.names().forEach(name -> names.put(model.names().ours(name), name));
        boolean tied = model.text().tied();
        this.unties = tied && (saved.containsKey(HEAD) || (saved.containsKey(EMBEDDING) && !ties));
        saved.forEach((name, key) -> {
            if (names.containsKey(name)) {
                replaced.put(Objects.requireNonNull(names.get(name)), key);
            } else if (!name.equals(HEAD) || !tied) {
                throw new InputException(
                        adapter.path() + ": " + key
                                + " takes the place of a tensor that this model has not: the adapter belongs to another model.");
            } else {
                replaced.put(HEAD, key);
            }
        });
        this.embedding = Objects.requireNonNull(names.getOrDefault(EMBEDDING, EMBEDDING));
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
        return replaced.size();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(base.names());
        if (unties) {
            names.add(HEAD);
        }
        return Collections.unmodifiableSet(names);
    }

    /** Whether a tensor is the adapter's, or one that the base model has under another name. */
    boolean changes(String name) {
        return replaced.containsKey(name) || (unties && name.equals(HEAD));
    }

    @Override
    public TensorInfo info(String name) {
        String key = replaced.get(name);
        return key == null ? base.info(place(name)) : adapter.info(key);
    }

    @Override
    public Tensor read(String name) {
        String key = replaced.get(name);
        return key == null ? base.read(place(name)) : adapter.read(key);
    }

    @Override
    public void read(String name, Tensor into) {
        String key = replaced.get(name);
        if (key == null) {
            base.read(place(name), into);
        } else {
            adapter.read(key, into);
        }
    }

    private String place(String name) {
        return unties && name.equals(HEAD) ? embedding : name;
    }

    /** The files belong to whoever opened them. */
    @Override
    public void close() {}
}
