package org.espalier.model.llava;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.model.family.ConfigFields;
import org.espalier.picture.PictureSize;
import tools.jackson.databind.JsonNode;

/** {@code image_grid_pinpoints}, which both files of a checkpoint have: heights and widths of canvases. */
final class Pinpoints {
    /** What transformers takes where a file is silent. */
    private static final List<PictureSize> PUBLISHED = List.of(
            new PictureSize(672, 336),
            new PictureSize(336, 672),
            new PictureSize(672, 672),
            new PictureSize(336, 1008),
            new PictureSize(1008, 336));

    private Pinpoints() {}

    /** Empty if it is not a list of pairs of numbers above 0. */
    static Optional<List<PictureSize>> read(JsonNode list) {
        if (ConfigFields.absent(list)) {
            return Optional.of(PUBLISHED);
        }
        List<PictureSize> sizes = new ArrayList<>();
        for (JsonNode pair : list) {
            if (pair.size() != 2 || pair.path(0).asInt(0) < 1 || pair.path(1).asInt(0) < 1) {
                return Optional.empty();
            }
            sizes.add(new PictureSize(pair.path(1).asInt(), pair.path(0).asInt()));
        }
        return list.isArray() && !sizes.isEmpty() ? Optional.of(sizes) : Optional.empty();
    }
}
