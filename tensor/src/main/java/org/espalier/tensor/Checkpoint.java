package org.espalier.tensor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;

/**
 * The weights of a model folder: {@code model.safetensors}, or the shards that {@code model.safetensors.index.json}
 * names. Where both are there, the single file counts, as in transformers.
 */
public final class Checkpoint implements TensorSource {
    /** The file that holds all weights of a small model. */
    public static final String SINGLE = "model.safetensors";

    /** The file that says which shard holds which tensor. */
    public static final String INDEX = "model.safetensors.index.json";

    private final Path folder;
    private final Map<String, SafetensorsFile> shards;
    private final Map<String, SafetensorsFile> tensors;

    private Checkpoint(Path folder, Map<String, SafetensorsFile> shards, Map<String, SafetensorsFile> tensors) {
        this.folder = folder;
        this.shards = shards;
        this.tensors = tensors;
    }

    /**
     * Opens and checks the weights of a folder.
     *
     * @throws InputException if it holds none, a file is not sound, or the index and its shards do not agree
     */
    public static Checkpoint open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + ": name the folder of a model");
        }
        Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
        try {
            Map<String, SafetensorsFile> tensors =
                    Files.exists(folder.resolve(SINGLE)) ? single(folder, shards) : sharded(folder, shards);
            return new Checkpoint(folder, shards, tensors);
        } catch (RuntimeException e) {
            shards.values().forEach(SafetensorsFile::close);
            throw e;
        }
    }

    private static Map<String, SafetensorsFile> single(Path folder, Map<String, SafetensorsFile> shards) {
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(SINGLE));
        shards.put(SINGLE, file);
        Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();
        file.names().forEach(name -> tensors.put(name, file));
        return tensors;
    }

    private static Map<String, SafetensorsFile> sharded(Path folder, Map<String, SafetensorsFile> shards) {
        Path index = folder.resolve(INDEX);
        if (!Files.exists(index)) {
            throw new InputException(folder + " holds neither " + SINGLE + " nor " + INDEX
                    + ": name the folder of a model with safetensors weights");
        }
        Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();
        ShardIndex.read(index).forEach((name, shard) -> {
            SafetensorsFile file = shards.computeIfAbsent(shard, plain -> shard(index, folder.resolve(plain)));
            if (!file.names().contains(name)) {
                throw new InputException(index + " says that the tensor " + SafetensorsHeader.quoted(name) + " is in "
                        + file.path() + ", but it is not: get both files again");
            }
            tensors.put(name, file);
        });
        return tensors;
    }

    private static SafetensorsFile shard(Path index, Path shard) {
        if (!Files.exists(shard)) {
            throw new InputException(index + " names the shard " + shard + ", which is not there: get the file again");
        }
        return SafetensorsFile.open(shard);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return file(name).info(name);
    }

    @Override
    public Tensor read(String name) {
        return file(name).read(name);
    }

    @Override
    public void read(String name, Tensor into) {
        file(name).read(name, into);
    }

    private SafetensorsFile file(String name) {
        SafetensorsFile file = tensors.get(name);
        if (file == null) {
            throw new InputException("there is no tensor " + SafetensorsHeader.quoted(name) + " in the checkpoint "
                    + folder + ": this is a checkpoint of another model or layout");
        }
        return file;
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}
