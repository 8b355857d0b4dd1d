package org.espalier.model.family;

import java.nio.file.Path;
import org.espalier.core.InputException;

/**
 * Models that are made alike. {@link org.espalier.model.ModelFamilies} lists those that are known; another one is added
 * there, or by a {@link java.util.ServiceLoader} entry in the embedding program.
 */
public interface ModelFamily {
    /** What {@code model_type} in {@code config.json} says of its models. */
    String modelType();

    /** What people call it. */
    String name();

    /**
     * Reads {@code config.json} of a folder, whose {@code model_type} is this family's.
     *
     * @throws InputException if it asks for what is not computed, all faults of the file in one sentence
     */
    ModelConfig read(Path folder);
}
