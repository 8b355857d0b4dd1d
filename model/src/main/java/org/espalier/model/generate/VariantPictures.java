package org.espalier.model.generate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.model.LoadedModel;
import org.espalier.model.PictureFeatures;
import org.espalier.model.decoder.Deltas;

/** Pictures as each variant of a model sees them: all that leave its vision side as it is see the same. */
final class VariantPictures implements AutoCloseable {
    private final PictureFeatures base;
    private final Map<String, PictureFeatures> own = new LinkedHashMap<>();

    /** @param budget bytes that are kept, of each kind */
    VariantPictures(LoadedModel model, long budget, Map<String, Deltas> variants) {
        base = new PictureFeatures(model, budget, Deltas.NONE);
        variants.forEach((name, deltas) -> {
            if (deltas.changesPictures()) {
                own.put(name, new PictureFeatures(model, budget, deltas));
            }
        });
    }

    PictureFeatures of(String variant) {
        return own.getOrDefault(variant, base);
    }

    void trim() {
        base.trim();
        own.values().forEach(PictureFeatures::trim);
    }

    @Override
    public void close() {
        base.close();
        own.values().forEach(PictureFeatures::close);
    }
}
