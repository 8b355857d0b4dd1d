package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;

/** The small models that come with Espalier, one a family at most. */
public final class BaseModel {
    /** The family of the one that is taken where nothing else is said. */
    public static final String FAMILY = "qwen2_5_vl";

    /** The families that can be grown, for people to read. */
    public static final String FAMILIES = "qwen2_5_vl, llava_next";

    private static final String PLACE = "greenhouse/model";

    private BaseModel() {}

    /**
     * The folder of a family's.
     *
     * @param root of the checkout; empty where Espalier was started without its launcher
     * @throws InputException if it is not there
     */
    public static Path of(Optional<Path> root, String family) {
        Path folder = root.orElse(Path.of("")).resolve(family.equals(FAMILY) ? PLACE : PLACE + "-" + family);
        if (!Files.exists(folder.resolve("config.json"))) {
            if (!family.equals(FAMILY)) {
                throw new InputException(
                        "no base model of the family " + family + " comes with Espalier (it would be in "
                                + folder + "): grow one with 'espalier greenhouse grow --family " + family
                                + " --out DIR' and give it with --model DIR");
            }
            throw new InputException("the base model is not in " + folder
                    + ": start Espalier with its launcher from a complete checkout, or give a folder with --model");
        }
        return folder;
    }
}
