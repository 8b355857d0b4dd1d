package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;

/** The small model that comes with Espalier. */
public final class BaseModel {
    private static final String PLACE = "greenhouse/model";

    private BaseModel() {}

    /**
     * Its folder.
     *
     * @param root of the checkout; empty where Espalier was started without its launcher
     * @throws InputException if it is not there
     */
    public static Path of(Optional<Path> root) {
        Path folder = root.orElse(Path.of("")).resolve(PLACE);
        if (!Files.exists(folder.resolve("config.json"))) {
            throw new InputException("the base model is not in " + folder
                    + ": start Espalier with its launcher from a complete checkout, or give a folder with --model");
        }
        return folder;
    }
}
