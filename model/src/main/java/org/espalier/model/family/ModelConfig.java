package org.espalier.model.family;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.model.chat.ChatFormat;
import org.espalier.model.chat.Tokenizer;
import org.espalier.model.decoder.Projection;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.decoder.VisionExtent;
import org.espalier.model.decoder.WeightSource;

/** What the folder of one model says of it, and what its family makes of that. */
public interface ModelConfig {
    /** The sizes of its language model. */
    TextShape text();

    /** Ends an assistant's turn. */
    int endToken();

    /** Stands in a prompt for a token of a picture. */
    int imageToken();

    /** The longest sequence it was made for. */
    int maxPositions();

    /** The sizes of its vision side, in a line for people. */
    String pictures();

    /** The sizes of its vision side that memory depends on. */
    VisionExtent visionExtent();

    /** How its modules and tensors are called. */
    ModuleNames names();

    /** The linear modules of its vision side. */
    List<LinearModule> visionModules();

    /** All linear modules that an adapter can change: those of the language model, then those of the vision side. */
    default List<LinearModule> linearModules() {
        Stream<LinearModule> language = IntStream.range(0, text().layers())
                .boxed()
                .flatMap(layer -> Stream.of(Projection.values())
                        .flatMap(which -> IntStream.range(0, which.parts().size())
                                .mapToObj(part -> new LinearModule(
                                        "layers." + layer + "." + which.parts().get(part),
                                        which.outputs(text()).get(part),
                                        which.inputs(text()),
                                        true))));
        return Stream.concat(language, visionModules().stream()).toList();
    }

    /** The same with an output head of its own. */
    ModelConfig untied();

    /**
     * How its conversations are laid out.
     *
     * @throws InputException if the tokenizer is not of this family
     */
    ChatFormat chat(Path folder, Tokenizer tokenizer);

    /**
     * What makes of a picture what the model takes, as the folder's files say.
     *
     * @throws InputException if a file is missing or asks for what is not computed
     */
    ImageProcessor images(Path folder, PixelBounds bounds);

    /**
     * Puts the model together.
     *
     * @param names of all weights there are, from which the style of naming is known; empty where weights of any name can
     *     be had
     * @throws InputException if a weight is missing, of another shape, or there and not asked for
     */
    VisionLanguageModel model(WeightSource weights, Set<String> names);
}
