package org.espalier.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.PromptTokens;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.family.ImageProcessor;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.ModelFamily;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PixelBounds;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Device;
import org.espalier.tensor.Placement;
import org.espalier.tensor.PlacementChoice;

/**
 * The folder of a model, all but its weights: what plans, forecasts and training data need. {@code config.json} is read at
 * opening, every other file when it is first asked for, so that a folder without a tokenizer can still be looked at. Safe
 * for use by several threads.
 */
public final class ModelFolder {
    private final Path path;
    private final PixelBounds bounds;
    private final ModelFamily family;
    private final ModelConfig config;
    private final PictureReader reader = new PictureReader();
    private Optional<Tokenizer> tokenizer = Optional.empty();
    private Optional<ChatFormat> chat = Optional.empty();
    private Optional<ImageProcessor> images = Optional.empty();

    private ModelFolder(Path path, PixelBounds bounds) {
        if (!Files.isDirectory(path)) {
            throw new InputException("there is no folder " + path + ": name the folder of a model");
        }
        if (!Files.exists(path.resolve("config.json"))) {
            throw new InputException(path + " is not the folder of a model: it holds no config.json");
        }
        this.path = path;
        this.bounds = bounds;
        this.family = ModelFamilies.of(path);
        this.config = family.read(path);
    }

    /**
     * Opens a folder in the layout of the Hugging Face hub.
     *
     * @throws InputException if it holds no model, one of a family that is not known, or one that is not computed
     */
    public static ModelFolder open(Path path) {
        return open(path, PixelBounds.OF_CHECKPOINT);
    }

    /** As {@link #open(Path)}, with pictures brought to other sizes than the checkpoint says. */
    public static ModelFolder open(Path path, PixelBounds bounds) {
        return new ModelFolder(path, bounds);
    }

    public Path path() {
        return path;
    }

    public ModelFamily family() {
        return family;
    }

    public ModelConfig config() {
        return config;
    }

    /** @throws InputException if its file is missing or broken */
    public synchronized Tokenizer tokenizer() {
        tokenizer = tokenizer.or(() -> Optional.of(Tokenizer.load(path)));
        return tokenizer.get();
    }

    /** @throws InputException if the tokenizer is missing, broken or of another model, as far as its tokens tell */
    public synchronized ChatFormat chat() {
        chat = chat.or(() -> Optional.of(own(config.chat(path, tokenizer()))));
        return chat.get();
    }

    private ChatFormat own(ChatFormat format) {
        int vocabulary = config.text().vocabulary();
        if (tokenizer().vocabularySize() > vocabulary) {
            throw new InputException("The tokenizer has " + tokenizer().vocabularySize() + " tokens, but the model "
                    + vocabulary + ": tokenizer.json belongs to another model.");
        }
        if (format.image() != config.imageToken()) {
            throw new InputException("The tokenizer's token for pictures is " + format.image()
                    + ", but config.json says " + config.imageToken() + ": the two files belong to different models.");
        }
        return format;
    }

    /** @throws InputException if its file is missing or broken, or asks for what is not computed */
    public synchronized ImageProcessor images() {
        images = images.or(() -> Optional.of(config.images(path, bounds)));
        return images.get();
    }

    /** How its makers want it sampled. */
    public GenerationDefaults defaults() {
        return GenerationDefaults.read(path);
    }

    /** What its weights are, from their files' headers. */
    public WeightInventory inventory() {
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            return WeightInventory.of(checkpoint);
        }
    }

    /**
     * The placement in which its weights are stored, on a device: in the type of most of their numbers.
     *
     * @throws InputException if there are no weights, or none of a type that is computed in
     */
    public Placement stored(Device device) {
        return inventory().types().entrySet().stream()
                .filter(entry -> entry.getKey().isComputed())
                .max(Map.Entry.comparingByValue())
                .map(entry -> new Placement(device, entry.getKey()))
                .orElseThrow(() -> new InputException("The weights of " + path
                        + " are of no type that is computed in: convert the checkpoint to F32, BF16 or F16."));
    }

    /** The placement that a person chose; as {@link #stored} where no type was. */
    public Placement placement(PlacementChoice choice) {
        return choice.type().map(type -> new Placement(choice.device(), type)).orElseGet(() -> stored(choice.device()));
    }

    /**
     * A conversation that ends with a user turn, as the model is shown it. Of pictures only the sizes are read.
     *
     * @throws InputException if a picture cannot be read
     */
    public PromptTokens prompt(List<Turn> conversation) {
        List<Integer> tokens = new ArrayList<>();
        for (Path image : ChatFormat.images(conversation)) {
            PictureSize size = reader.size(image);
            tokens.add(images().tokens(size));
        }
        return chat().prompt(conversation, tokens::get);
    }

    /**
     * A picture file, decoded and processed.
     *
     * @throws InputException if it is not a picture that the model takes; names the file
     */
    public PictureInput picture(Path file) {
        try {
            return images().process(reader.read(file));
        } catch (InputException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains(file.toString()) ? e : new InputException(file + ": " + message, e);
        }
    }
}
