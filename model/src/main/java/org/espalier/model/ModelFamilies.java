package org.espalier.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import org.espalier.model.family.ModelFamily;
import org.espalier.model.llava.LlavaFamily;
import org.espalier.model.qwen.QwenFamily;

/** The families that are known, by {@code model_type}: those listed here, and those that an embedding program brings. */
public final class ModelFamilies {
    private static final List<ModelFamily> OWN = List.of(QwenFamily.QWEN2_5_VL, QwenFamily.QWEN2_VL, new LlavaFamily());

    private ModelFamilies() {}

    /** All of them; where two have one type, the first counts. */
    public static List<ModelFamily> known() {
        return Stream.concat(
                        OWN.stream(),
                        ServiceLoader.load(ModelFamily.class).stream().map(ServiceLoader.Provider::get))
                .toList();
    }

    /**
     * The family of a folder's model.
     *
     * @throws InputException if the folder holds no model, or one of a family that is not known
     */
    public static ModelFamily of(Path folder) {
        Path config = folder.resolve("config.json");
        String type = JsonFile.read(config, "a model folder holds a config.json that describes the model")
                .path("model_type")
                .asString("");
        List<ModelFamily> known = known();
        Optional<ModelFamily> family =
                known.stream().filter(one -> one.modelType().equals(type)).findFirst();
        return family.orElseThrow(() -> new InputException(config + " describes a model of the type '" + type
                + "', which Espalier does not know: it runs "
                + known.stream().map(ModelFamily::modelType).distinct().collect(Collectors.joining(", ")) + "."));
    }
}
