package org.espalier.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.CheckpointWeights;
import org.espalier.model.decoder.Decoder;
import org.espalier.model.decoder.WeightSource;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Device;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.Placement;
import org.espalier.tensor.PlacementChoice;
import org.espalier.tensor.TensorSource;

/**
 * A model in memory with everything of its folder: the one thing that exploration, training, generation and verification
 * are made from. Its weights never change; several threads may compute with it at once. Closing it frees them.
 */
public final class LoadedModel implements AutoCloseable {
    private final ModelFolder folder;
    private final VisionLanguageModel model;
    private final Runnable release;

    private LoadedModel(ModelFolder folder, VisionLanguageModel model, Runnable release) {
        this.folder = folder;
        this.model = model;
        this.release = release;
    }

    /**
     * Opens a folder, its small files first, and reads its weights as they are stored.
     *
     * @throws InputException if a file is missing or broken, or files do not belong together
     */
    public static LoadedModel open(Path path, Device device) {
        return open(path, new PlacementChoice(device, Optional.empty()));
    }

    /**
     * Opens a folder, its small files first, and reads its weights to where they are wanted.
     *
     * @throws InputException if a file is missing or broken, or files do not belong together
     */
    public static LoadedModel open(Path path, PlacementChoice choice) {
        ModelFolder folder = folder(path);
        return open(folder, folder.placement(choice));
    }

    /**
     * A folder of which all small files were read.
     *
     * @throws InputException if one is missing or broken, or they do not belong together
     */
    public static ModelFolder folder(Path path) {
        ModelFolder folder = ModelFolder.open(path);
        folder.chat();
        folder.images();
        folder.defaults();
        return folder;
    }

    /**
     * Reads the weights of a folder, converted to a type. The folder need not have a tokenizer.
     *
     * @throws InputException if a file is missing or broken, or files do not belong together
     */
    public static LoadedModel open(ModelFolder folder, Placement placement) {
        Libtorch.load();
        try (Checkpoint checkpoint = Checkpoint.open(folder.path())) {
            return open(folder, folder.config(), checkpoint, placement);
        }
    }

    /**
     * As {@link #open(ModelFolder, Placement)}, of other weights than those of the folder.
     *
     * @param source stays open for the caller, and is needed no longer
     */
    public static LoadedModel open(ModelFolder folder, ModelConfig config, TensorSource source, Placement placement) {
        Libtorch.load();
        CheckpointWeights weights = new CheckpointWeights(source, placement);
        try {
            return new LoadedModel(folder, config.model(weights, source.names()), weights::close);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /** A model of weights that stay with the caller, as a folder's configuration wants it. */
    public static LoadedModel of(ModelFolder folder, WeightSource weights) {
        return new LoadedModel(folder, folder.config().model(weights, Set.of()), () -> {});
    }

    public ModelFolder folder() {
        return folder;
    }

    public VisionLanguageModel model() {
        return model;
    }

    public ModelConfig config() {
        return folder.config();
    }

    public Decoder decoder() {
        return model.decoder();
    }

    public Tokenizer tokenizer() {
        return folder.tokenizer();
    }

    public ChatFormat chat() {
        return folder.chat();
    }

    /** Where it lies, and the type in which it computes. */
    public Placement placement() {
        return model.placement();
    }

    @Override
    public void close() {
        release.run();
    }
}
