package org.espalier.model.llava;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.model.family.ConfigFields;
import org.espalier.model.family.Normalisation;
import org.espalier.model.family.PreprocessorFields;
import org.espalier.picture.PictureSize;
import tools.jackson.databind.JsonNode;

/**
 * What {@code preprocessor_config.json} says.
 *
 * @param side pixels per side of a tile
 * @param canvases {@code image_grid_pinpoints}
 */
record LlavaPreprocessor(int side, List<PictureSize> canvases, Normalisation normalisation) {
    /** What transformers takes where the file is silent. */
    private static final int SIDE = 224;

    LlavaPreprocessor {
        canvases = List.copyOf(canvases);
    }

    /** @throws InputException if the file is missing or asks for what is not computed */
    static LlavaPreprocessor read(Path file) {
        PreprocessorFields fields = new PreprocessorFields(file, List.of("do_rescale", "do_normalize"));
        int whole = side(fields, "size");
        int tile = side(fields, "crop_size");
        if (whole != tile) {
            throw fields.wrong(
                    "size", "brings the whole picture to " + whole + " pixels, but crop_size its tiles to " + tile);
        }
        Optional<List<PictureSize>> canvases = Pinpoints.read(fields.root().path("image_grid_pinpoints"));
        if (canvases.isEmpty()) {
            throw fields.wrong("image_grid_pinpoints", "is not a list of heights and widths");
        }
        try {
            return new LlavaPreprocessor(tile, canvases.get(), fields.normalisation());
        } catch (IllegalArgumentException e) {
            throw fields.unusable(e);
        }
    }

    /** A number, a shortest edge, or a height and the same width. */
    private static int side(PreprocessorFields fields, String name) {
        JsonNode size = fields.root().path(name);
        if (ConfigFields.absent(size)) {
            return SIDE;
        }
        if (!size.isObject()) {
            return fields.integer(fields.root(), "", name, SIDE);
        }
        if (size.hasNonNull("shortest_edge")) {
            return fields.integer(size, name + ".", "shortest_edge", SIDE);
        }
        int height = fields.integer(size, name + ".", "height", SIDE);
        if (fields.integer(size, name + ".", "width", SIDE) != height) {
            throw fields.wrong(name, "is not a square");
        }
        return height;
    }
}
