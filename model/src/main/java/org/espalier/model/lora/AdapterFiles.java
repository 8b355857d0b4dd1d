package org.espalier.model.lora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Json;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.ModelConfig;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Placement;
import org.espalier.tensor.PlacementChoice;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;

/**
 * Adapters as PEFT writes them: {@code adapter_config.json} and {@code adapter_model.safetensors}. Reads the names of
 * all versions of the library and checks that every tensor is used: an adapter that matches nothing would change nothing
 * without a word.
 */
public final class AdapterFiles {
    static final String WEIGHTS = "adapter_model.safetensors";

    private AdapterFiles() {}

    /** The name that a tensor has in a file. */
    public static String key(ModelConfig model, String name) {
        String key = "base_model.model." + model.names().current(name);
        return name.endsWith(Adapter.LENGTHS) ? key : key + ".weight";
    }

    /** Whether a folder holds both files. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(PeftConfig.NAME)) && Files.exists(folder.resolve(WEIGHTS));
    }

    /** The file of an adapter's numbers. */
    public static Path weights(Path folder) {
        return folder.resolve(WEIGHTS);
    }

    /** Writes the folder, each file at once. */
    public static void write(Adapter adapter, Path folder, String baseModel) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        adapter.parameters().views().forEach((name, tensor) -> tensors.put(key(adapter.model(), name), tensor));
        Folders.make(folder);
        SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors);
        AtomicFile.write(folder.resolve(PeftConfig.NAME), Json.page(PeftConfig.of(adapter, baseModel)));
    }

    /**
     * Reads an adapter that leaves the base model's own weights as they are.
     *
     * @param placement of the model that it adapts
     * @throws InputException if a file is missing or broken, a tensor fits no module, a module named has only one half,
     *     the configuration asks for what is not computed, or the adapter brings whole modules
     */
    public static Adapter read(Path folder, ModelConfig model, Placement placement) {
        return read(folder, model, placement, tensors -> {
            if (!tensors.saved().isEmpty()) {
                throw new InputException(
                        folder + " brings whole modules (modules_to_save: "
                                + tensors.saved().keySet().iterator().next()
                                + "), which take the place of the base model's own: `espalier model merge` makes a model of both.");
            }
        });
    }

    private static Adapter read(Path folder, ModelConfig model, Placement placement, Consumer<AdapterTensors> look) {
        PeftConfig config = PeftConfig.read(folder);
        try (PointerScope scope = new PointerScope();
                SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            AdapterTensors tensors = new AdapterTensors(file, config, model);
            look.accept(tensors);
            Adapter adapter = tensors.adapter(placement);
            try {
                config.requireTargetsMet(model, adapter.modules());
            } catch (InputException e) {
                adapter.close();
                throw e;
            }
            return adapter;
        }
    }

    /** As {@link #read}, of an adapter that may bring whole modules: the rest of it. */
    static Adapter readAll(Path folder, ModelConfig model, Placement placement) {
        return read(folder, model, placement, tensors -> {});
    }

    /**
     * Whether an adapter could be opened with a model, whose weights are not read.
     *
     * @throws InputException as {@link #read}
     */
    public static void requireFits(ModelFolder model, Path folder) {
        readAll(folder, model.config(), Placement.CPU).close();
    }

    /**
     * A model and an adapter of it.
     *
     * @param loaded with the adapter's whole modules in the places of its own
     */
    public record Opened(LoadedModel loaded, Adapter adapter) implements AutoCloseable {
        @Override
        public void close() {
            adapter.close();
            loaded.close();
        }
    }

    /**
     * Opens a model with an adapter, also with one that brings whole modules.
     *
     * @throws InputException as {@link #read} and {@link LoadedModel#open(Path, PlacementChoice)}
     */
    public static Opened open(ModelFolder model, Path folder, PlacementChoice choice) {
        Placement placement = model.placement(choice);
        PeftConfig config = PeftConfig.read(folder);
        try (Checkpoint checkpoint = Checkpoint.open(model.path());
                SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            AdapterTensors tensors = new AdapterTensors(file, config, model.config());
            SavedModules saved =
                    new SavedModules(checkpoint, file, tensors.saved(), model.config(), config.tiesSaved());
            LoadedModel loaded = LoadedModel.open(model, saved.config(), saved.tensors(), placement);
            try {
                return new Opened(loaded, readAll(folder, model.config(), placement));
            } catch (RuntimeException e) {
                loaded.close();
                throw e;
            }
        }
    }
}
